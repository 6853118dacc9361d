import { userInfo } from 'node:os';

/** The name of whoever runs this, as the operating system knows it; '' for a user id that has no name. */
export function osUserName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
