package org.milena.ingress.address;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.milena.common.failure.UnfitException;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ParsedAddress;

/**
 * The domains that are ours by setting, beside those of the lists.
 *
 * @param own where {@code postmaster} and {@code abuse} are, and where an unknown address is
 *     unknown
 * @param relayed whose mail we scan and hand on, whatever the local part
 */
public record SiteDomains(Set<String> own, Set<String> relayed) {

  /**
   * Checks each name and makes it canonical.
   *
   * @throws UnfitException when there is no own domain, or a name is none: a wildcard or a typo
   *     here would be an open relay
   */
  public SiteDomains {
    own = canonical(own, "milena.domain");
    relayed = canonical(relayed, "milena.ingress.relayed-domains");
    if (own.isEmpty()) {
      throw new UnfitException("milena.domain is empty, so no recipient could be ours.");
    }
  }

  private static Set<String> canonical(Set<String> names, String setting) {
    var domains = new TreeSet<String>();
    for (String name : names) {
      String domain =
          switch (MailAddress.parse("postmaster@" + name.strip().toLowerCase(Locale.ROOT))) {
            case ParsedAddress.Valid(var address) when !address.domain().startsWith("[") ->
                address.domain();
            case ParsedAddress.Valid _, ParsedAddress.Invalid _ ->
                throw new UnfitException(
                    setting
                        + " names \""
                        + name
                        + "\", which is no domain; a wrong name here would make us relay for"
                        + " strangers.");
          };
      domains.add(domain);
    }
    return Set.copyOf(domains);
  }
}
