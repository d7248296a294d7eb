package org.milena.common.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.ListId;

/** Why we are responsible for a recipient; decided at RCPT (RFC 5321 section 3.3). */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "route")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Route.ListPost.class, name = "list-post"),
  @JsonSubTypes.Type(value = Route.ListRole.class, name = "list-role"),
  @JsonSubTypes.Type(value = Route.SiteRole.class, name = "site-role"),
  @JsonSubTypes.Type(value = Route.RelayedDomain.class, name = "relayed-domain"),
  @JsonSubTypes.Type(value = Route.Submission.class, name = "submission")
})
public sealed interface Route {

  /** A post to a list. */
  record ListPost(ListId list) implements Route {}

  /**
   * A role address of a list (RFC 2142 section 6).
   *
   * @param detail what stood behind the {@code +}, if anything: a token or a VERP tag
   */
  record ListRole(ListId list, Role role, @Nullable String detail) implements Route {}

  /** A role of the site: {@code postmaster} (RFC 5321 section 4.5.1) or {@code abuse}. */
  record SiteRole(String role) implements Route {}

  /** A domain whose mail we scan and hand on. */
  record RelayedDomain(String domain) implements Route {}

  /** Anywhere: an authenticated client submits. */
  record Submission() implements Route {}

  /** The role addresses of a list. */
  enum Role {
    REQUEST,
    OWNER,
    SUBSCRIBE,
    UNSUBSCRIBE,
    CONFIRM,
    MODERATE,
    BOUNCES
  }

  /** The list this route leads to, if it leads to one. */
  static Optional<ListId> list(Route route) {
    return switch (route) {
      case ListPost(var list) -> Optional.of(list);
      case ListRole(var list, _, _) -> Optional.of(list);
      case SiteRole _, RelayedDomain _, Submission _ -> Optional.empty();
    };
  }
}
