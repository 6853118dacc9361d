/** Ubuntu's series, as Juju up to 2.9 and older bundles name a base. */
const series: ReadonlyMap<string, string> = new Map(
  Object.entries({
    trusty: 'ubuntu@14.04',
    xenial: 'ubuntu@16.04',
    bionic: 'ubuntu@18.04',
    focal: 'ubuntu@20.04',
    jammy: 'ubuntu@22.04',
    noble: 'ubuntu@24.04',
    resolute: 'ubuntu@26.04',
    centos7: 'centos@7',
    centos9: 'centos@9',
  }),
);

/** A base as in `ubuntu@24.04` from its name and channel; the channel's risk (`24.04/stable`) is left out. */
export function baseOf(name: string, channel: string): string | undefined {
  if (name === '' || channel === '') return undefined;
  const slash = channel.indexOf('/');
  return `${name}@${slash < 0 ? channel : channel.slice(0, slash)}`;
}

/** The base of a series such as `jammy`; a series that is not known is kept as it is. */
export function baseOfSeries(name: string): string | undefined {
  return name === '' ? undefined : (series.get(name) ?? name);
}
