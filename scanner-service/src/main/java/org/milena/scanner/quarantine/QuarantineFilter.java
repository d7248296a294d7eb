package org.milena.scanner.quarantine;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.Route;
import org.milena.common.event.RoutedRecipient;
import org.milena.common.event.ScanReport.Verdict;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;

/**
 * Which mails one wants to see.
 *
 * @param list only those for this list, or for one of its roles
 * @param recipient only those for this address; beside {@code list} one of the two suffices
 * @param verdict only those that were called this
 * @param text only those with this in author or subject, in any case; empty for all
 */
public record QuarantineFilter(
    @Nullable ListId list, @Nullable MailAddress recipient, @Nullable Verdict verdict, String text)
    implements Predicate<QuarantineEntry> {

  /** All mails. */
  public static final QuarantineFilter ALL = new QuarantineFilter(null, null, null, "");

  @Override
  public boolean test(QuarantineEntry entry) {
    return isFor(entry)
        && (verdict == null || entry.verdict().equals(Optional.of(verdict)))
        && (text.isEmpty() || says(entry.subject()) || says(entry.author()));
  }

  private boolean isFor(QuarantineEntry entry) {
    return (list == null && recipient == null)
        || entry.meta().mail().recipients().stream().anyMatch(this::matches);
  }

  private boolean matches(RoutedRecipient one) {
    MailAddress address = recipient;
    return (list != null && Route.list(one.route()).equals(Optional.of(list)))
        || (address != null
            && one.forwardPath()
                .mailbox()
                .map(MailAddress::key)
                .equals(Optional.of(address.key())));
  }

  private boolean says(String shown) {
    return shown.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
  }
}
