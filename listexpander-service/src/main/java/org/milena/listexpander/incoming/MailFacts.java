package org.milena.listexpander.incoming;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.milena.common.header.AddressListParser;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.header.MachineSigns;
import org.milena.common.header.OneLine;
import org.milena.common.header.OnlyAuthor;
import org.milena.common.header.ParameterizedHeader;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;

/**
 * What the header of a message says.
 *
 * @param messageId the first one, if it has one that can be read
 * @param subject decoded, on one line; empty without one
 * @param authorFields how many {@code From} fields there are; RFC 5322 section 3.6 allows one
 * @param authors the mailboxes in {@code From}, in their order
 * @param onlyAuthor the one author, if {@code From} names exactly one
 * @param authorText {@code From} decoded for people; empty without one
 * @param senders the mailboxes in {@code Sender}
 * @param listIds of every {@code List-Id} that can be read
 * @param beenThere addresses of lists the mail has passed: {@code List-Post}, {@code X-BeenThere}
 * @param autoSubmitted the keyword of {@code Auto-Submitted}, lower case (RFC 3834 section 5)
 * @param machineSign what says that no person sent it, as a clause ({@link MachineSigns})
 * @param refusesAnswers whether {@code X-Auto-Response-Suppress}, {@code X-No-Ack} or {@code X-Ack:
 *     no} asks for silence
 */
public record MailFacts(
    Optional<MessageId> messageId,
    String subject,
    int authorFields,
    List<HeaderMailbox> authors,
    Optional<MailAddress> onlyAuthor,
    String authorText,
    List<HeaderMailbox> senders,
    Set<ListId> listIds,
    Set<String> beenThere,
    Optional<String> autoSubmitted,
    Optional<String> machineSign,
    boolean refusesAnswers) {

  /** Longest text we keep of a subject or an author; nobody needs more to know a mail again. */
  private static final int MAX_TEXT = 500;

  public MailFacts {
    authors = List.copyOf(authors);
    senders = List.copyOf(senders);
    listIds = Set.copyOf(listIds);
    beenThere = Set.copyOf(beenThere);
  }

  /** Reads the header of a message. */
  public static MailFacts of(RawMessage message) {
    HeaderBlock header = HeaderBlock.of(message);
    List<HeaderField> from = header.all("From");
    return new MailFacts(
        header.first("Message-ID").flatMap(field -> MessageId.parse(field.value())),
        header.first("Subject").map(field -> OneLine.of(field.decoded(), MAX_TEXT)).orElse(""),
        from.size(),
        mailboxes(from),
        OnlyAuthor.of(header),
        from.stream().findFirst().map(field -> OneLine.of(field.decoded(), MAX_TEXT)).orElse(""),
        mailboxes(header.all("Sender")),
        header.all("List-Id").stream()
            .flatMap(field -> ListId.parse(field.value()).stream())
            .collect(Collectors.toCollection(LinkedHashSet::new)),
        beenThere(header),
        MachineSigns.autoSubmitted(header),
        MachineSigns.of(header),
        header.has("X-No-Ack")
            || header.has("X-Auto-Response-Suppress")
            || header
                .first("X-Ack")
                .map(field -> keyword(field.value()).equals("no"))
                .orElse(false));
  }

  private static List<HeaderMailbox> mailboxes(List<HeaderField> fields) {
    List<HeaderMailbox> found = new ArrayList<>();
    for (HeaderField field : fields) {
      found.addAll(AddressListParser.parse(field.value()));
    }
    return found;
  }

  private static Set<String> beenThere(HeaderBlock header) {
    return Stream.of("List-Post", "X-BeenThere")
        .flatMap(name -> header.all(name).stream())
        .flatMap(field -> AddressListParser.parse(withoutQuery(field.value())).stream())
        .map(mailbox -> mailbox.address().key())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * {@code <mailto:users@example.org?subject=x>} (RFC 6068): what is behind the ? is no address.
   */
  private static String withoutQuery(String value) {
    return value.replaceAll("\\?[^>,]*", "");
  }

  private static String keyword(String value) {
    return ParameterizedHeader.parse(value).value().toLowerCase(Locale.ROOT).strip();
  }
}
