package org.milena.scanner.routing;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.milena.common.directory.Account;
import org.milena.common.directory.Authorship;
import org.milena.common.event.MailMeta;
import org.milena.common.event.ScanReport;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.MachineSigns;
import org.milena.common.header.OnlyAuthor;
import org.milena.common.mail.MailAddress;

/**
 * Who may be told that a relayed mail was not delivered. Only the reverse-path is ever told (RFC
 * 5321 section 6.1), and only when it is proven that it sent the mail:
 *
 * <ul>
 *   <li>it is the proven author ({@link Authorship}), or
 *   <li>the account that submitted the mail owns it, or
 *   <li>SPF passed for the MAIL FROM identity of exactly its domain.
 * </ul>
 *
 * <p>SPF proves a domain and no mailbox; so does DMARC. Who may send in the domain's name may name
 * any mailbox of it, and so could bring one notice for each failed mail to a neighbour, with no
 * more than the header of what was sent: the domain has let it happen, and no stranger can. A pass
 * for a name in HELO proves nothing of the reverse-path.
 *
 * <p>Nobody is told about what a machine sent (RFC 3834 section 2): an empty reverse-path, {@code
 * Auto-Submitted}, mail of lists, {@code Precedence} of such.
 */
public final class ProvenSender {
  private static final Set<String> NO_REPORTS = Set.of("all", "ndr");

  private final Function<String, Optional<Account>> accounts;

  /**
   * @param accounts looks an account up by its name
   */
  public ProvenSender(Function<String, Optional<Account>> accounts) {
    this.accounts = accounts;
  }

  /** Whether there is somebody to tell. */
  public sealed interface Answer {

    /** This one. */
    record Tell(MailAddress sender) implements Answer {}

    /**
     * Nobody.
     *
     * @param why a few words
     */
    record Silence(String why) implements Answer {}
  }

  /**
   * Whom to tell about this mail.
   *
   * @param header of the message
   */
  public Answer of(MailMeta meta, HeaderBlock header) {
    Optional<MailAddress> path = meta.reversePath().mailbox();
    if (path.isEmpty()) {
      return new Answer.Silence("its return path is empty");
    }
    Optional<String> machine = machine(header);
    if (machine.isPresent()) {
      return new Answer.Silence(machine.get());
    }
    return sent(meta, header, path.get())
        ? new Answer.Tell(path.get())
        : new Answer.Silence("nothing proves that " + path.get() + " sent it");
  }

  private boolean sent(MailMeta meta, HeaderBlock header, MailAddress path) {
    Optional<Account> account = Optional.ofNullable(meta.client().account()).flatMap(accounts);
    if (account.map(one -> one.owns(path)).orElse(false)) {
      return true;
    }
    ScanReport scan = meta.scan();
    if (scan != null && scan.authentication().allowsReversePath(path)) {
      return true;
    }
    return Authorship.of(OnlyAuthor.of(header), scan, account)
            instanceof Authorship.Proven(var author, _)
        && same(author, path);
  }

  private static boolean same(MailAddress one, MailAddress other) {
    return one.key().equals(other.key());
  }

  private static Optional<String> machine(HeaderBlock header) {
    return MachineSigns.of(header)
        .or(() -> refusesReports(header) ? Optional.of("it asks for no report") : Optional.empty());
  }

  private static boolean refusesReports(HeaderBlock header) {
    return header.all("X-Auto-Response-Suppress").stream()
        .flatMap(field -> List.of(field.value().split(",")).stream())
        .map(word -> word.strip().toLowerCase(Locale.ROOT))
        .anyMatch(NO_REPORTS::contains);
  }
}
