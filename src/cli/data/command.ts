import { Command } from 'commander';
import type { Finish } from '../finish.js';
import type { Services } from '../services.js';
import { dataCheckCommand } from './check.js';
import { dataFetchCommand } from './fetch.js';

const examples = `
Examples:
  holdfast data check
  holdfast data check /var/lib/holdfast/data
  holdfast data fetch charmed-etcd --output charmhub.json`;

/** `holdfast data …`: what Holdfast knows of versions, channels and advisories. */
export function dataCommand(services: Services, finish: Finish): Command {
  return new Command('data')
    .description('check or fetch the data about versions, channels and advisories')
    .addHelpText('after', examples)
    .addCommand(dataCheckCommand(services, finish))
    .addCommand(dataFetchCommand(services, finish));
}
