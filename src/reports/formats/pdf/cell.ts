/** A cell's text, and where it leads to. */
export interface Cell {
  readonly text: string;
  readonly leadsTo?: string;
  readonly colour?: string;
  /** Below the text. */
  readonly drawing?: CellDrawing;
}

interface CellDrawing {
  readonly height: number;
  readonly width: number;
  readonly draw: (x: number, y: number, width: number) => void;
}

export interface TableColumn {
  readonly title: string;
  readonly right: boolean;
}
