package org.milena.common.header;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What in a header says that no person sent the mail, so that no machine may answer it (RFC 3834
 * section 2).
 */
public final class MachineSigns {
  private static final Set<String> MACHINE_PRECEDENCE = Set.of("bulk", "junk", "list");

  /** The first such sign, as a clause for a reader; empty when there is none. */
  public static Optional<String> of(HeaderBlock header) {
    Optional<String> submitted = autoSubmitted(header);
    if (submitted.isPresent() && !submitted.get().equals("no")) {
      return Optional.of("it says Auto-Submitted: " + OneLine.of(submitted.get(), 100));
    }
    Optional<String> precedence =
        header.all("Precedence").stream()
            .map(MachineSigns::keyword)
            .filter(MACHINE_PRECEDENCE::contains)
            .findFirst();
    if (precedence.isPresent()) {
      return Optional.of("it says Precedence: " + precedence.get());
    }
    return header.fields().stream().anyMatch(MachineSigns::isListField)
        ? Optional.of("it came through a mailing list")
        : Optional.empty();
  }

  /** The keyword of {@code Auto-Submitted}, lower case (RFC 3834 section 5). */
  public static Optional<String> autoSubmitted(HeaderBlock header) {
    return header.first("Auto-Submitted").map(MachineSigns::keyword);
  }

  private static boolean isListField(HeaderField field) {
    return field.name().toLowerCase(Locale.ROOT).startsWith("list-");
  }

  private static String keyword(HeaderField field) {
    return ParameterizedHeader.parse(field.value()).value().toLowerCase(Locale.ROOT).strip();
  }

  private MachineSigns() {}
}
