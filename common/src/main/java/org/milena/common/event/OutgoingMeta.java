package org.milena.common.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailId;

/**
 * Belongs to a message in delivery form.
 *
 * @param list the list it is for, or absent for relayed mail and notices of the site
 * @param marks where each copy says something of its recipient, in their order; none in what is the
 *     same for all, and in records of version 0.1.0
 */
public record OutgoingMeta(
    MailId mailId,
    @Nullable ListId list,
    Kind kind,
    MailMeta.BodyFacts body,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PersonalMark> marks) {

  @SuppressWarnings("NullAway") // absent in JSON where there are none
  public OutgoingMeta {
    marks = marks == null ? List.of() : List.copyOf(marks);
  }

  /** Of a message that is the same for all. */
  public OutgoingMeta(MailId mailId, @Nullable ListId list, Kind kind, MailMeta.BodyFacts body) {
    this(mailId, list, kind, body, List.of());
  }

  /** Why it is sent. */
  public enum Kind {
    POST,
    NOTICE,
    RELAY
  }
}
