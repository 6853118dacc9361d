/** How one cluster is reached and who asks. Files stay names: they are read anew at every request, as they rotate. */

/** A PEM text or a token: at hand, or in a file that somebody keeps fresh. */
export type Material = { readonly text: string } | { readonly file: string };

export interface ClusterAccess {
  /** Our name for the cluster: the kubeconfig's context, or what the policy calls it. */
  readonly name: string;
  /** Always `https:`; its path is put before every path asked for. */
  readonly server: URL;
  /** The cluster's CA, PEM; without it the system's roots decide. */
  readonly ca?: Material;
  /** The name that the server's certificate must carry, where it is not the server's host. */
  readonly tlsServerName?: string;
  readonly clientCertificate?: { readonly certificate: Material; readonly key: Material };
  readonly token?: Material;
}
