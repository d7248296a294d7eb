package org.milena.listexpander.list;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.milena.common.directory.RoleNames;
import org.milena.common.mail.MailAddress;
import org.milena.common.token.VerpTags;

/** Which addresses a list may have. */
public final class ListNames {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]+([._-][a-z0-9]+)*");

  private final String domain;

  /**
   * @param domain the mail domain of this site, A-labels in lower case
   */
  public ListNames(String domain) {
    this.domain = domain;
  }

  /**
   * Why a list cannot have this address, as a sentence; empty when it can.
   *
   * @param others whether this is a domain of lists besides the first one
   */
  public Optional<String> refusal(MailAddress address, Predicate<String> others) {
    String name = address.localPart().toLowerCase(Locale.ROOT);
    if (!address.domain().equals(domain) && !others.test(address.domain())) {
      return Optional.of(
          "The domain of a list is %s here, or one that an operator has made, not %s."
              .formatted(domain, address.domain()));
    }
    if (!NAME.matcher(name).matches()) {
      return Optional.of(
          "The name of a list is made of the letters a to z, digits, and single dots, hyphens or"
              + " underscores between them.");
    }
    if (name.length() > VerpTags.MAX_LIST_LOCAL_PART) {
      return Optional.of(
          "The name of a list has at most "
              + VerpTags.MAX_LIST_LOCAL_PART
              + " characters, so that a signed return path fits.");
    }
    if (RoleNames.isReserved(name)) {
      return Optional.of(
          "The address " + address + " means the site itself (RFC 2142) and can be no list's.");
    }
    return RoleNames.ofList(name)
        .map(role ->
            "The name of a list cannot end in -%s: %s would be a role of a list %s."
                .formatted(role.suffix(), address, role.list()));
  }
}
