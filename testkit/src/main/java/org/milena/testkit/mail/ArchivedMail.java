package org.milena.testkit.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.mail.RawMessage;

/**
 * What the archive may change in a message: the fields that docs/formats.md names, no octet else.
 */
public final class ArchivedMail {
  private static final Set<String> REMOVED =
      Set.of(
          "approved",
          "approve",
          "x-approved",
          "x-approve",
          "urgent",
          "list-id",
          "list-help",
          "list-owner",
          "list-post",
          "list-subscribe",
          "list-unsubscribe",
          "list-unsubscribe-post",
          "list-archive",
          "archived-at");

  /** The new fields on top, in this order. */
  private static final List<String> OF_THE_LIST = List.of("list-id", "archived-at");

  private static final List<String> OF_THE_SITE =
      List.of("list-id", "archived-at", "authentication-results", "received");

  /**
   * Fails unless the archived form of what a list took has the list's fields on top, and below them
   * the same octets but for the fields that no author may set.
   *
   * @param name of the message, said in a failure
   */
  public static void assertIsWhatTheListTook(String name, RawMessage taken, RawMessage archived) {
    assertIs(name, OF_THE_LIST, taken, archived);
  }

  /**
   * Likewise for what was sent to the site, which gets {@code Received} and {@code
   * Authentication-Results} on its way to the list.
   */
  public static void assertIsWhatWasSent(String name, RawMessage sent, RawMessage archived) {
    assertIs(name, OF_THE_SITE, sent, archived);
  }

  private static void assertIs(
      String name, List<String> added, RawMessage before, RawMessage archived) {
    HeaderBlock header = HeaderBlock.of(archived);
    List<HeaderField> fields = header.fields();
    assertThat(fields.stream().limit(added.size()).map(ArchivedMail::name).toList())
        .as("fields on top of %s", name)
        .isEqualTo(added);
    HeaderBlock headerBefore = HeaderBlock.of(before);
    assertThat(fields.stream().skip(added.size()).map(HeaderField::toByteArray).toList())
        .as("fields of %s", name)
        .usingElementComparator(Arrays::compare)
        .containsExactlyElementsOf(
            headerBefore.fields().stream()
                .filter(field -> !REMOVED.contains(name(field)))
                .map(HeaderField::toByteArray)
                .toList());
    assertThat(
            Arrays.equals(
                archived.unsafeBytes(),
                header.bodyOffset(),
                archived.size(),
                before.unsafeBytes(),
                headerBefore.bodyOffset(),
                before.size()))
        .as("body of %s", name)
        .isTrue();
  }

  private static String name(HeaderField field) {
    return field.name().toLowerCase(Locale.ROOT);
  }

  private ArchivedMail() {}
}
