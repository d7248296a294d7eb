package org.milena.ingress.session;

import org.jspecify.annotations.Nullable;
import org.milena.common.event.ClientFacts;
import org.milena.common.event.ClientFacts.TlsFacts;
import org.milena.common.event.MailMeta.BodyFacts;
import org.milena.common.mail.ReversePath;
import org.milena.ingress.auth.AuthOutcome;

/** Whom we talk with, and how: what holds for all transactions of a session. TLS begins it anew. */
final class Conversation {
  private final Client client;
  private String helo = "";
  private boolean extended;
  private @Nullable TlsFacts tls;
  private AuthOutcome.@Nullable Authenticated login;

  Conversation(Client client) {
    this.client = client;
    this.tls = client.tls();
  }

  /** The client said its name. */
  void hello(String name, boolean isExtended) {
    helo = name;
    extended = isExtended;
  }

  /** TLS is on: nothing that was said before counts (RFC 3207 section 4.2). */
  void secured(TlsFacts facts) {
    hello("", false);
    tls = facts;
    login = null;
  }

  void loggedIn(AuthOutcome.Authenticated authenticated) {
    login = authenticated;
  }

  boolean isExtended() {
    return extended;
  }

  boolean isEncrypted() {
    return tls != null;
  }

  boolean isLoggedIn() {
    return login != null;
  }

  AuthOutcome.@Nullable Authenticated login() {
    return login;
  }

  /** Whether whoever logged in, if anybody did, may send as this one. */
  boolean maySendAs(ReversePath path) {
    AuthOutcome.Authenticated author = login;
    return author == null
        || switch (path) {
          case ReversePath.Null() -> false;
          case ReversePath.Mailbox(var address) ->
              author.addresses().stream().anyMatch(own -> own.key().equals(address.key()));
        };
  }

  /** What is kept beside a message. */
  ClientFacts facts(BodyFacts body) {
    return new ClientFacts(
        client.address(),
        helo,
        Protocols.name(extended, body.smtpUtf8(), tls != null, login != null),
        tls,
        login == null ? null : login.account());
  }
}
