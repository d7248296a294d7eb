package org.milena.common.command;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What became of a command. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
  @JsonSubTypes.Type(value = CommandOutcome.Done.class, name = "done"),
  @JsonSubTypes.Type(value = CommandOutcome.Refused.class, name = "refused"),
  @JsonSubTypes.Type(value = CommandOutcome.NotFound.class, name = "not-found")
})
public sealed interface CommandOutcome {

  /**
   * It is so now.
   *
   * @param text a sentence for a human
   * @param changed how many things changed; 0 when all was so already
   */
  record Done(String text, int changed) implements CommandOutcome {}

  /**
   * It contradicts what is there or what the list allows.
   *
   * @param code a stable word for programs, for instance {@code list-exists}
   * @param text a sentence for a human
   */
  record Refused(String code, String text) implements CommandOutcome {}

  /** What it speaks of is not there. */
  record NotFound(String text) implements CommandOutcome {}
}
