import { unknown, type Reading, type Unknown } from '../../core/fact.js';

/** What a plan cannot show, with the cure. */
export function notPlanned(reading: Reading, what: string): Unknown {
  return unknown(
    reading,
    `a Terraform plan does not show ${what}; audit the controller after applying it, with --juju or --policy`,
  );
}

/** What a plan shows only as far as Terraform makes it. */
export function onlyTerraforms(reading: Reading, what: string, made: readonly string[]): Unknown {
  const seen = made.length === 0 ? 'none here' : made.join('; ');
  return unknown(
    reading,
    `a Terraform plan shows only ${what} that Terraform itself makes (${seen}); audit the controller after applying it, with --juju or --policy`,
  );
}
