import { settingText } from './controller-setting.js';

/** Juju's own name for all methods that only read. */
const readOnly = 'ReadOnlyMethods';

/** The methods that `audit-log-exclude-methods` names: a list on some versions, text with commas on others. */
export function areExcluded(value: unknown): readonly string[] {
  const parts: readonly unknown[] = Array.isArray(value)
    ? value
    : settingText(value ?? '')
        .replace(/^\[|\]$/g, '')
        .split(',');
  return parts.map((part) => String(part).trim()).filter((part) => part !== '');
}

/** Whether leaving a method out hides no change: by the policy's word, or because its name says that it only reads. */
export function isHarmlessMethod(method: string, declared: readonly string[]): boolean {
  return method === readOnly || declared.includes(method) || readingName.test(method);
}

/** Verbs that only read, as in `Client.FullStatus` or `Charms.List`, and the reading methods that have none. */
const readingName =
  /^\w+\.(?:(?:Get|List|Find|Watch|Show|Full|Is|All|Status)(?=[A-Z]|$)\w*|Next|Ping|\w*Info|Model(?:Get|Status|Config|Defaults)|ControllerConfig)$/;
