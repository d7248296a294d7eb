package org.milena.common.directory;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.Route;
import org.milena.common.mail.MailAddress;

/**
 * Local parts that are nobody's mailbox but a role: of the site, or of a list. Whoever resolves
 * addresses and whoever gives names to lists both look here, so that no list ever has the address
 * of a role.
 */
public final class RoleNames {

  /**
   * Taken for the site at every one of its domains (RFC 5321 section 4.5.1, RFC 2142 section 4).
   */
  private static final Set<String> SITE = Set.of("postmaster", "abuse");

  /**
   * Meant for the site everywhere, though nobody need read them (RFC 2142 sections 4 and 5), and
   * what machines write as. Its names for a business, such as {@code support}, make good lists.
   */
  private static final Set<String> RESERVED =
      Set.of(
          "mailer-daemon",
          "hostmaster",
          "webmaster",
          "noc",
          "security",
          "root",
          "noreply",
          "no-reply");

  /**
   * What stands behind a list's name and a hyphen (RFC 2142 section 6, and the habits of others).
   */
  private static final List<Suffix> SUFFIXES =
      List.of(
          new Suffix("request", Route.Role.REQUEST),
          new Suffix("owner", Route.Role.OWNER),
          new Suffix("subscribe", Route.Role.SUBSCRIBE),
          new Suffix("join", Route.Role.SUBSCRIBE),
          new Suffix("unsubscribe", Route.Role.UNSUBSCRIBE),
          new Suffix("leave", Route.Role.UNSUBSCRIBE),
          new Suffix("confirm", Route.Role.CONFIRM),
          new Suffix("moderate", Route.Role.MODERATE),
          new Suffix("bounces", Route.Role.BOUNCES));

  private record Suffix(String name, Route.Role role) {}

  /**
   * What stands behind a list's name and a {@code +}: the habits of mlmmj and sr.ht. The words
   * behind {@link Route.Role#REQUEST} are commands.
   */
  private static final List<Suffix> WORDS =
      List.of(
          new Suffix("subscribe", Route.Role.SUBSCRIBE),
          new Suffix("subscribe-digest", Route.Role.SUBSCRIBE),
          new Suffix("subscribe-nomail", Route.Role.SUBSCRIBE),
          new Suffix("unsubscribe", Route.Role.UNSUBSCRIBE),
          new Suffix("unsubscribe-digest", Route.Role.UNSUBSCRIBE),
          new Suffix("unsubscribe-nomail", Route.Role.UNSUBSCRIBE),
          new Suffix("owner", Route.Role.OWNER),
          new Suffix("help", Route.Role.REQUEST),
          new Suffix("faq", Route.Role.REQUEST),
          new Suffix("list", Route.Role.REQUEST));

  /** What stands before the token in mlmmj's addresses for confirmations; the longest first. */
  private static final List<String> CONFIRMATIONS =
      List.of(
          "confsub-digest-",
          "confsub-nomail-",
          "confsub-",
          "confunsub-digest-",
          "confunsub-nomail-",
          "confunsub-");

  /**
   * A local part taken apart as the role of a list: {@code users-confirm+token}, {@code
   * users+subscribe-digest}.
   *
   * @param list the list's local part, as it was written
   * @param suffix what named the role, in lower case
   * @param detail what stands behind the first {@code +}, as it was written, or behind the word
   *     that names the role: {@code digest}; for a word that is a command, the word; null without
   *     one
   * @param byWord whether a word behind a {@code +} named the role
   */
  public record OfList(
      String list, String suffix, Route.Role role, @Nullable String detail, boolean byWord) {

    /** A role behind a hyphen. */
    public OfList(String list, String suffix, Route.Role role, @Nullable String detail) {
      this(list, suffix, role, detail, false);
    }
  }

  /** The role of the site that mail to this local part is taken for, in lower case. */
  public static Optional<String> site(String localPart) {
    String name = localPart.toLowerCase(Locale.ROOT);
    return SITE.contains(name) ? Optional.of(name) : Optional.empty();
  }

  /** Whether this local part means the site and can be no list's. */
  public static boolean isReserved(String localPart) {
    String name = localPart.toLowerCase(Locale.ROOT);
    return SITE.contains(name) || RESERVED.contains(name);
  }

  /**
   * Each role of a list that this local part can be, the likeliest first: {@code dev-confirm+help}
   * is a question to a list {@code dev-confirm}, or a confirmation to {@code dev}.
   */
  public static List<OfList> readings(String localPart) {
    return Stream.concat(word(localPart).stream(), ofList(localPart).stream()).toList();
  }

  /** {@code users+subscribe-digest}; a detail that is no known word is none. */
  private static Optional<OfList> word(String localPart) {
    int plus = localPart.indexOf('+');
    if (plus < 1) {
      return Optional.empty();
    }
    String list = localPart.substring(0, plus);
    String detail = localPart.substring(plus + 1);
    String lower = detail.toLowerCase(Locale.ROOT);
    for (String start : CONFIRMATIONS) {
      if (lower.startsWith(start)) {
        String token = detail.substring(start.length());
        return Optional.of(
            new OfList(
                list, start.substring(0, start.indexOf('-')), Route.Role.CONFIRM, token, true));
      }
    }
    return WORDS.stream()
        .filter(known -> known.name().equals(lower))
        .findFirst()
        .map(known -> {
          int hyphen = lower.indexOf('-');
          String word = hyphen < 0 ? lower : lower.substring(0, hyphen);
          String rest = hyphen < 0 ? null : lower.substring(hyphen + 1);
          return new OfList(
              list, word, known.role(), known.role() == Route.Role.REQUEST ? word : rest, true);
        });
  }

  /** Which role of which list this local part is by its hyphen, whether or not there is a list. */
  public static Optional<OfList> ofList(String localPart) {
    int plus = localPart.indexOf('+');
    String name = plus < 0 ? localPart : localPart.substring(0, plus);
    String detail = plus < 0 ? null : localPart.substring(plus + 1);
    int hyphen = name.lastIndexOf('-');
    if (hyphen < 1) {
      return Optional.empty();
    }
    String suffix = name.substring(hyphen + 1).toLowerCase(Locale.ROOT);
    return SUFFIXES.stream()
        .filter(known -> known.name().equals(suffix))
        .findFirst()
        .map(known -> new OfList(name.substring(0, hyphen), suffix, known.role(), detail));
  }

  /** Whether this is the address of a list or of one of its roles, with or without a detail. */
  public static boolean belongsTo(MailAddress list, MailAddress address) {
    if (!address.domain().equals(list.domain())) {
      return false;
    }
    String name = list.localPart().toLowerCase(Locale.ROOT);
    String local = address.localPart().toLowerCase(Locale.ROOT);
    int plus = local.indexOf('+');
    return (plus < 0 ? local : local.substring(0, plus)).equals(name)
        || ofList(local).filter(role -> role.list().equals(name)).isPresent();
  }

  private RoleNames() {}
}
