/** Where the charts are, with the choice of their time. */
export const CHARTS_ID = 'charts';
