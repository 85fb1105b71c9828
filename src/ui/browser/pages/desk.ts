/** The desk's tabs are a row that scrolls on a phone: shows the current one. */
document.querySelector(".desk-masthead [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
