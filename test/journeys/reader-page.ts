/** Describes what a journey needs of a page in any engine. Playwright's page has it; `../clients/` adapts the others. */
export interface ReaderPage {
  goto(url: string): Promise<unknown>;
  /** The value of that JavaScript expression; a promise is awaited. */
  evaluate<Result>(expression: string): Promise<Result>;
  setViewportSize(size: { readonly width: number; readonly height: number }): Promise<void>;
  /** Keys have Playwright's names, which are those of `KeyboardEvent.code` and `.key`. */
  readonly keyboard: { press(key: string): Promise<void> };
  readonly mouse: {
    move(x: number, y: number, options?: { readonly steps?: number }): Promise<void>;
    down(): Promise<void>;
    up(): Promise<void>;
    click(x: number, y: number): Promise<void>;
  };
}
