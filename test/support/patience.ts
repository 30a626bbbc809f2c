/** A busy machine takes its time to stop a server; what hangs is cut off by the step's own limit. */
jest.setTimeout(30_000);
