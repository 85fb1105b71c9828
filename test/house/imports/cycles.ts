/** Finds what imports itself by way of others: the strongly connected parts of a graph (Tarjan). */

/** Each cycle as a sorted list of its members. `edges` holds the targets of each node. */
export function findCycles(edges: ReadonlyMap<string, Iterable<string>>): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const cycles: string[][] = [];
  const visit = (node: string): number => {
    const number = order.size;
    order.set(node, number);
    lowest.set(node, number);
    open.push(node);
    for (const target of edges.get(node) ?? []) {
      const reached = order.has(target)
        ? open.includes(target)
          ? (order.get(target) ?? number)
          : number
        : visit(target);
      lowest.set(node, Math.min(lowest.get(node) ?? number, reached));
    }
    if (lowest.get(node) === number) {
      const members = open.splice(open.indexOf(node));
      if (members.length > 1) cycles.push(members.sort());
    }
    return lowest.get(node) ?? number;
  };
  for (const node of edges.keys()) if (!order.has(node)) visit(node);
  return cycles.sort();
}
