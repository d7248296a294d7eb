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
import org.milena.common.header.AddressListParser;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.header.ParameterizedHeader;
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
  private static final Set<String> MACHINE_PRECEDENCE = Set.of("bulk", "junk", "list");

  /** A longer From, in octets, names nobody. */
  private static final int MAX_FROM = 65_536;

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
    if (account.map(Account::address).map(own -> same(own, path)).orElse(false)) {
      return true;
    }
    ScanReport scan = meta.scan();
    if (scan != null && scan.authentication().allowsReversePath(path)) {
      return true;
    }
    return Authorship.of(onlyAuthor(header), scan, account)
            instanceof Authorship.Proven(var author, _)
        && same(author, path);
  }

  private static boolean same(MailAddress one, MailAddress other) {
    return one.key().equals(other.key());
  }

  private static Optional<MailAddress> onlyAuthor(HeaderBlock header) {
    List<HeaderField> from = header.all("From");
    if (from.size() != 1 || from.getFirst().end() - from.getFirst().start() > MAX_FROM) {
      return Optional.empty();
    }
    List<HeaderMailbox> authors = AddressListParser.parse(from.getFirst().value());
    return authors.size() == 1 ? Optional.of(authors.getFirst().address()) : Optional.empty();
  }

  private static Optional<String> machine(HeaderBlock header) {
    Optional<String> auto = header.first("Auto-Submitted").map(ProvenSender::keyword);
    if (auto.isPresent() && !auto.get().equals("no")) {
      return Optional.of("it says Auto-Submitted");
    }
    if (header.all("Precedence").stream()
        .map(ProvenSender::keyword)
        .anyMatch(MACHINE_PRECEDENCE::contains)) {
      return Optional.of("it says Precedence");
    }
    if (header.fields().stream()
        .anyMatch(field -> field.name().toLowerCase(Locale.ROOT).startsWith("list-"))) {
      return Optional.of("it came through a mailing list");
    }
    return header.all("X-Auto-Response-Suppress").stream()
            .flatMap(field -> List.of(field.value().split(",")).stream())
            .map(word -> word.strip().toLowerCase(Locale.ROOT))
            .anyMatch(NO_REPORTS::contains)
        ? Optional.of("it asks for no report")
        : Optional.empty();
  }

  private static String keyword(HeaderField field) {
    return ParameterizedHeader.parse(field.value()).value().toLowerCase(Locale.ROOT).strip();
  }
}
