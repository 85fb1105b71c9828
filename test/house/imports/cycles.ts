/** Finds import cycles: the strongly connected components of a graph (Tarjan's algorithm). */

/** Each cycle as a sorted list of its members. `edges`: node -> what it imports. */
export function findCycles(edges: ReadonlyMap<string, Iterable<string>>): string[][] {
  const order = new Map<string, number>();
  const open: string[] = [];
  const cycles: string[][] = [];
  /** Returns the earliest open node that can be reached from this one. */
  const visit = (node: string): number => {
    const number = order.size;
    order.set(node, number);
    open.push(node);
    let earliest = number;
    for (const target of edges.get(node) ?? []) {
      if (!order.has(target)) earliest = Math.min(earliest, visit(target));
      else if (open.includes(target)) earliest = Math.min(earliest, order.get(target) ?? number);
    }
    if (earliest === number) {
      const members = open.splice(open.indexOf(node));
      if (members.length > 1) cycles.push(members.sort());
    }
    return earliest;
  };
  for (const node of edges.keys()) if (!order.has(node)) visit(node);
  return cycles.sort();
}
