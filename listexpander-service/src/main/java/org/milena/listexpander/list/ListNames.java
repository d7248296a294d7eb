package org.milena.listexpander.list;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.milena.common.mail.MailAddress;
import org.milena.common.token.VerpTags;

/** Which addresses a list may have. */
public final class ListNames {

  /**
   * What is put behind a list's name with a hyphen (RFC 2142 section 6, and the habits of others).
   */
  static final List<String> ROLE_SUFFIXES =
      List.of(
          "request", "owner", "subscribe", "join", "unsubscribe", "leave", "confirm", "bounces");

  /** Names that mean somebody else at every site (RFC 2142 section 3 to 5). */
  private static final Set<String> SITE_NAMES =
      Set.of(
          "postmaster",
          "abuse",
          "mailer-daemon",
          "hostmaster",
          "webmaster",
          "noc",
          "security",
          "root",
          "noreply",
          "no-reply");

  private static final Pattern NAME = Pattern.compile("[a-z0-9]+([._-][a-z0-9]+)*");

  private final String domain;

  /**
   * @param domain the mail domain of this site, A-labels in lower case
   */
  public ListNames(String domain) {
    this.domain = domain;
  }

  /** Why a list cannot have this address, as a sentence; empty when it can. */
  public Optional<String> refusal(MailAddress address) {
    String name = address.localPart().toLowerCase(Locale.ROOT);
    if (!address.domain().equals(domain)) {
      return Optional.of(
          "The domain of a list is " + domain + " here, not " + address.domain() + ".");
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
    if (SITE_NAMES.contains(name)) {
      return Optional.of("The address " + address + " belongs to the site.");
    }
    for (String suffix : ROLE_SUFFIXES) {
      if (name.endsWith("-" + suffix)) {
        return Optional.of(
            "The name of a list cannot end in -" + suffix + ": that would be another list's role.");
      }
    }
    return Optional.empty();
  }

  /** Whether this is the address of a list or of one of its roles, with or without a detail. */
  public static boolean belongsTo(MailAddress list, MailAddress address) {
    if (!address.domain().equals(list.domain())) {
      return false;
    }
    String name = list.localPart().toLowerCase(Locale.ROOT);
    String local = address.localPart().toLowerCase(Locale.ROOT);
    int plus = local.indexOf('+');
    String base = plus < 0 ? local : local.substring(0, plus);
    return base.equals(name)
        || ROLE_SUFFIXES.stream().anyMatch(suffix -> base.equals(name + "-" + suffix));
  }
}
