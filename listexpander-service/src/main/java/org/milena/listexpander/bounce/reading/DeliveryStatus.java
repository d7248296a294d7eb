package org.milena.listexpander.bounce.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.milena.common.mail.MailAddress;
import org.milena.common.status.EnhancedStatus;

/**
 * The machine-readable part of a delivery report (RFC 3464 section 2, RFC 6533 section 3).
 *
 * @param failed given up
 * @param delayed still tried
 * @param delivered arrived, or passed on
 */
record DeliveryStatus(
    List<ReturnedRecipient> failed,
    List<ReturnedRecipient> delayed,
    List<ReturnedRecipient> delivered) {

  private enum Action {
    FAILED,
    DELAYED,
    DELIVERED
  }

  /**
   * Reads the fields.
   *
   * @param prose what the report says to people about a recipient; asked when the fields say
   *     nothing
   * @param excluded addresses that cannot be the recipient
   */
  static DeliveryStatus read(String fields, ReportText prose, Predicate<MailAddress> excluded) {
    DeliveryStatus status =
        new DeliveryStatus(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (ReportFields.Group group : ReportFields.groups(fields)) {
      Optional<EnhancedStatus> told =
          group
              .first("status")
              .map(value -> value.replace('(', ' ').replace(';', ' ').strip())
              .flatMap(EnhancedStatus::leading);
      if (!group.has("final-recipient")
          && !group.has("original-recipient")
          && !(group.has("action") && told.isPresent())) {
        continue;
      }
      String diagnostic = group.first("diagnostic-code").map(DeliveryStatus::words).orElse("");
      action(group, told, diagnostic)
          .ifPresent(action ->
              status.add(action, recipient(group, action, told, diagnostic, prose, excluded)));
    }
    return status;
  }

  private void add(Action action, ReturnedRecipient recipient) {
    List<ReturnedRecipient> list =
        switch (action) {
          case FAILED -> failed;
          case DELAYED -> delayed;
          case DELIVERED -> delivered;
        };
    list.add(recipient);
  }

  /** Without the type before the words, which is often left out. */
  private static String words(String diagnostic) {
    int semicolon = diagnostic.indexOf(';');
    boolean typed = semicolon >= 0 && diagnostic.substring(0, semicolon).strip().indexOf(' ') < 0;
    return typed ? diagnostic.substring(semicolon + 1).strip() : diagnostic;
  }

  private static Optional<Action> action(
      ReportFields.Group group, Optional<EnhancedStatus> told, String diagnostic) {
    String word =
        group.first("action").orElse("").replace('(', ' ').strip().toLowerCase(Locale.ROOT);
    int space = word.indexOf(' ');
    return switch (space < 0 ? word : word.substring(0, space)) {
      case "failed", "failure", "fail", "expired" -> Optional.of(Action.FAILED);
      case "delayed", "deferred" -> Optional.of(Action.DELAYED);
      case "delivered", "relayed", "expanded", "deliverable" -> Optional.of(Action.DELIVERED);
      default ->
          told.map(code ->
                  switch (code.classDigit()) {
                    case 2 -> Action.DELIVERED;
                    case 4 -> Action.DELAYED;
                    default -> Action.FAILED;
                  })
              .or(() ->
                  Diagnosis.of(told, diagnostic)
                      .reply()
                      .map(reply -> reply.transientFailure() ? Action.DELAYED : Action.FAILED));
    };
  }

  private static ReturnedRecipient recipient(
      ReportFields.Group group,
      Action action,
      Optional<EnhancedStatus> told,
      String diagnostic,
      ReportText prose,
      Predicate<MailAddress> excluded) {
    Optional<MailAddress> last = address(group, "final-recipient", excluded);
    Optional<MailAddress> first = address(group, "original-recipient", excluded);
    Optional<MailAddress> actual = address(group, "x-actual-recipient", excluded);
    Optional<MailAddress> address = last.or(() -> actual).or(() -> first);
    Diagnosis spoken = prose.about(address, told);
    Diagnosis diagnosis =
        diagnostic.isBlank() && address.filter(prose::names).isPresent()
            ? spoken
            : Diagnosis.of(told, diagnostic, spoken.text()).or(spoken);
    return new ReturnedRecipient(
        address,
        first.filter(known -> !address.equals(Optional.of(known))),
        diagnosis.status(),
        diagnosis.reply(),
        action == Action.DELAYED
            ? FailureClass.DELAYED
            : diagnosis.failure().orElse(FailureClass.SOFT),
        diagnosis.text());
  }

  private static Optional<MailAddress> address(
      ReportFields.Group group, String name, Predicate<MailAddress> excluded) {
    return group.first(name).flatMap(ReportAddresses::typed).filter(found -> !excluded.test(found));
  }
}
