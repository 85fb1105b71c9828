/** Words what programs read: feeds, the list for language models, and their tools. */

export const feeds = {
  corrections: (library: string) => `${library}: corrections`,
  aboutCorrections: "Errors that were found in published chapters, and what is right.",
  /** Title of an entry. */
  correction: (chapter: string) => `Corrected: ${chapter}`,
};

/** llms.txt. */
export const llms = {
  how: "Every chapter is Markdown with TeX at its URL plus `.md`, and complete in itself.",
  mcp: (url: string) => `Programs can also search and read through the Model Context Protocol, at ${url}.`,
  whole: (book: string) => `${book}: all chapters in one file`,
};

/** The tools of the MCP endpoint, for language models and the people who use them. */
export const mcp = {
  instructions: (library: string, tagline: string) =>
    `${library}: ${tagline} A library of books made of short chapters. Search for words or a formula, then read the chapter as Markdown with TeX. Cite chapters by the links in the results.`,
  tools: {
    search: {
      title: "Search the library",
      description:
        "Searches all chapters for words or a formula. Returns the best places with their links: chapters, sections, figures, tables, symbols and equations. Misspelt words are corrected.",
    },
    listBooks: {
      title: "List books and chapters",
      description: "Lists the books with their chapters in reading order: title, link and a sentence on each.",
    },
    readChapter: {
      title: "Read a chapter",
      description: "Returns a chapter, or the overview of a book, as Markdown with TeX.",
    },
    findFormula: {
      title: "Find a formula",
      description:
        "Finds equations that contain a formula, however it is written. Returns each with its TeX, its chapter and a link to it.",
    },
  },
  parameters: {
    query: "Words or a formula, at most 200 characters.",
    formula: "TeX, such as `\\sqrt{d_k}`, or plain text, such as `softmax(QK^T)`. A part of the formula is enough.",
    book: "Only in the book with this slug: the first part of its chapters’ paths.",
    chapter: "`book/chapter`, `book` for its overview, or a link from another tool.",
  },
  errors: {
    onlyPost:
      "This is an endpoint of the Model Context Protocol. It only accepts POST requests with JSON-RPC messages.",
    otherOrigin: "Requests from pages of other origins are rejected.",
    tooMany: (max: number) => `At most ${max} requests per minute are accepted. Please wait.`,
    contentType: "The Content-Type must be application/json.",
    version: (known: string) => `The MCP-Protocol-Version must be one of ${known}.`,
    tooLarge: (kilobytes: number) => `A message may have at most ${kilobytes} KB.`,
    notJson: "The body is not valid JSON.",
    invalidRequest: "The message is not a valid JSON-RPC 2.0 request.",
    unknownMethod: "The method does not exist.",
    unknownTool: "The tool does not exist; tools/list has all tools.",
    noBatch: (version: string) => `Only protocol version ${version} has batches.`,
    batchSize: (max: number) => `A batch must have 1 to ${max} messages.`,
    oneCall: "A batch may call one tool. Please send further calls in requests of their own.",
    initializeInBatch: "The initialize request must not be part of a batch.",
    invalidArguments: (names: readonly string[]) =>
      `Missing or invalid: ${names.join(", ")}. Every argument is a text that is not empty.`,
    noBook: "There is no such book; list_books has all books.",
    noChapter: "There is no such chapter; list_books has all chapters, and search finds them.",
    unavailable: "The chapter is temporarily unavailable. Please try again in a moment.",
  },
};
