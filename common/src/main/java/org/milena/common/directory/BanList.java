package org.milena.common.directory;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.milena.common.mail.MailAddress;
import org.milena.common.pattern.AddressPatterns;

/** Who is banned from a list: by itself, its domain or the site. */
public final class BanList {
  /** Nobody. */
  static final BanList NONE = new BanList(List.of(), AddressPatterns.OtherLists.NONE);

  private final List<AddressPatterns> patterns;
  private final AddressPatterns.OtherLists others;

  private BanList(List<AddressPatterns> patterns, AddressPatterns.OtherLists others) {
    this.patterns = patterns;
    this.others = others;
  }

  /**
   * The bans of a list, as they are now.
   *
   * @param domains the domain of a name
   * @param others knows who is on the lists that patterns name
   */
  public static BanList of(
      MailingList list,
      Function<String, Optional<MailDomain>> domains,
      AddressPatterns.OtherLists others) {
    return new BanList(
        Stream.of(
                list.settings().membership().bans(),
                ofDomain(domains, list.address().domain()),
                ofDomain(domains, MailDomain.SITE))
            .filter(bans -> !bans.isEmpty())
            .map(AddressPatterns::of)
            .toList(),
        others);
  }

  private static List<String> ofDomain(
      Function<String, Optional<MailDomain>> domains, String name) {
    return domains.apply(name).map(MailDomain::bans).orElse(List.of());
  }

  /** Whether one of them means this address. */
  public boolean bans(MailAddress address) {
    for (AddressPatterns some : patterns) {
      if (some.match(address, others).isPresent()) {
        return true;
      }
    }
    return false;
  }
}
