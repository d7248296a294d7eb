package org.milena.common.outgoing;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.PersonalCopies;
import org.milena.common.mail.MailAddress;

/**
 * How each copy of a message is its recipient's own, beside return path and link for leaving.
 *
 * @param ownTo as in {@link PersonalCopies}
 * @param leavePrefix as in {@link PersonalCopies}
 * @param names of those recipients that have one
 */
public record Personal(
    boolean ownTo, @Nullable String leavePrefix, Map<MailAddress, String> names) {

  public Personal {
    names = Map.copyOf(names);
  }

  /** The same for these recipients. */
  PersonalCopies of(List<MailAddress> recipients) {
    List<String> own =
        recipients.stream().map(recipient -> names.getOrDefault(recipient, "")).toList();
    return new PersonalCopies(
        ownTo, leavePrefix, own.stream().allMatch(String::isEmpty) ? List.of() : own);
  }
}
