/** Renders the head of a table of numbers: a column of names, then columns of numbers. */

interface TableHeadProps {
  /** Undefined if the names need no heading. */
  readonly names?: string;
  readonly numbers: readonly string[];
}

export const TableHead = ({ names, numbers }: TableHeadProps) => (
  <thead>
    <tr>
      {names === undefined ? <td></td> : <th scope="col">{names}</th>}
      {numbers.map((name) => (
        <th scope="col" class="number">
          {name}
        </th>
      ))}
    </tr>
  </thead>
);
