/** Each may do what the ones before it may. */
export const ROLES = ['viewer', 'editor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Who asks, as `GET /api/v1/me` says. */
export interface Me {
  readonly id: string;
  readonly name: string | null;
  readonly role: Role;
  readonly auth: 'none' | 'token';
}
