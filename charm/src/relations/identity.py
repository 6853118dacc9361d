"""`oauth`: the identity provider that people log in with."""

import logging
from typing import cast

import ops
from charmlibs.interfaces.oauth import ClientConfig, DataValidationError, OauthProviderConfig, OAuthRequirer

import daemon

logger = logging.getLogger(__name__)

ENDPOINT = "oauth"
_SCOPES = "openid profile email groups"


class IdentityProvider(OAuthRequirer):
    """The library, which a databag that is half written does not make fail."""

    def _on_relation_changed_event(self, event: ops.RelationChangedEvent) -> None:
        try:
            super()._on_relation_changed_event(event)
        except DataValidationError:
            logger.warning("what the identity provider says is not whole")

    def ask(self, url: str) -> None:
        """Ask for a client for the page at this URL."""
        self.update_client_config(ClientConfig(f"{url}/oidc/callback", _SCOPES, ["authorization_code"]))

    def given(self, viewers: tuple[str, ...], approvers: tuple[str, ...]) -> daemon.Oidc | None:
        """Give the provider with our client; None until it is registered."""
        try:
            info = self.get_provider_info()
        except (ops.SecretNotFoundError, ops.ModelError, DataValidationError, KeyError):
            return None
        if info is None or not info.client_id or not info.client_secret:
            return None
        return daemon.Oidc(info.issuer_url, info.client_id, info.client_secret, _authority(info), viewers, approvers)


def _authority(info: OauthProviderConfig) -> str | None:
    """The chain comes as a list, whatever the library's annotation says."""
    chain = cast("list[str] | str | None", info.ca_chain) or []
    return "\n".join([chain] if isinstance(chain, str) else chain) or None
