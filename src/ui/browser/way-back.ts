/**
 * Offers the way back after a jump within a text, such as from "(3)" to equation 3: a button at the place reached, as long as the
 * link that led there is out of sight. The browser's own Back leads there as well, and takes the button away.
 */

interface Jump {
  readonly link: HTMLAnchorElement;
  /** Position of the page when the link was followed, in px. */
  readonly from: number;
  /** The link's fragment was not in the address bar yet, so following it adds an entry to the history. */
  readonly isInHistory: boolean;
}

export function offerWayBack(label: string): void {
  const text = document.querySelector(".body");
  if (!text) return;
  const jumps: Jump[] = [];
  const button = document.createElement("button");
  button.className = "way-back";
  button.textContent = label;

  // Where the link is in sight, nobody needs a way back to it; after it has been left and seen again, the jump is over.
  let wasOutOfSight = false;
  const sight = new IntersectionObserver((entries) => {
    const isInSight = entries.at(-1)?.isIntersecting === true;
    if (!isInSight) document.getElementById(fragmentOf(jumps.at(-1)))?.append(button);
    else if (wasOutOfSight) end();
    wasOutOfSight ||= !isInSight;
  });
  const follow = () => {
    button.remove();
    sight.disconnect();
    wasOutOfSight = false;
    const link = jumps.at(-1)?.link;
    if (link) sight.observe(link);
  };
  const end = () => {
    jumps.pop();
    follow();
  };

  text.addEventListener("click", (event) => {
    const { target } = event as MouseEvent;
    const link = target instanceof Element && target.closest<HTMLAnchorElement>('a[href^="#"]:not(.note-close)');
    // The first tap opens a preview.
    if (!link || event.defaultPrevented) return;
    jumps.push({ link, from: scrollY, isInHistory: link.hash !== location.hash });
    follow();
  });
  // Whatever leads elsewhere ends the jumps that are not undone by it.
  addEventListener("hashchange", () => {
    while (jumps.length > 0 && jumps.at(-1)?.link.hash !== location.hash) end();
  });
  button.addEventListener("click", () => {
    const jump = jumps.at(-1);
    if (!jump) return;
    end();
    if (jump.isInHistory) history.back();
    else scrollTo(0, jump.from);
    jump.link.focus({ preventScroll: true });
  });
}

const fragmentOf = (jump: Jump | undefined): string => decodeURIComponent(jump?.link.hash.slice(1) ?? "");
