package org.milena.common.command;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.Sentence;

/** What became of a command. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
  @JsonSubTypes.Type(value = CommandOutcome.Done.class, name = "done"),
  @JsonSubTypes.Type(value = CommandOutcome.Refused.class, name = "refused"),
  @JsonSubTypes.Type(value = CommandOutcome.NotFound.class, name = "not-found")
})
public sealed interface CommandOutcome {

  /** A sentence for a human, in English. */
  String text();

  /**
   * The same, to be said in other languages by who carried the command out; others know the English
   * text only. Stands in no JSON.
   */
  Sentence sentence();

  /**
   * It is so now.
   *
   * @param changed how many things changed; 0 when all was so already
   * @param id by which the one thing is known that was made or changed, or was so already; null
   *     where it has none, or whoever asked knows it
   */
  record Done(
      String text,
      int changed,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String id,
      @JsonIgnore Sentence sentence)
      implements CommandOutcome {
    @SuppressWarnings("NullAway") // absent in JSON
    public Done {
      sentence = sentence == null ? Sentence.plain(text) : sentence;
    }

    public Done(String text, int changed) {
      this(text, changed, null, Sentence.plain(text));
    }

    public Done(String text, int changed, String id) {
      this(text, changed, id, Sentence.plain(text));
    }

    public Done(Sentence sentence, int changed) {
      this(sentence.text(), changed, null, sentence);
    }
  }

  /**
   * It contradicts what is there or what the list allows.
   *
   * @param code a stable word for programs, for instance {@code list-exists}
   */
  record Refused(String code, String text, @JsonIgnore Sentence sentence)
      implements CommandOutcome {
    @SuppressWarnings("NullAway") // absent in JSON
    public Refused {
      sentence = sentence == null ? Sentence.plain(text) : sentence;
    }

    public Refused(String code, String text) {
      this(code, text, Sentence.plain(text));
    }

    public Refused(String code, Sentence sentence) {
      this(code, sentence.text(), sentence);
    }
  }

  /** What it speaks of is not there. */
  record NotFound(String text, @JsonIgnore Sentence sentence) implements CommandOutcome {
    @SuppressWarnings("NullAway") // absent in JSON
    public NotFound {
      sentence = sentence == null ? Sentence.plain(text) : sentence;
    }

    public NotFound(String text) {
      this(text, Sentence.plain(text));
    }

    public NotFound(Sentence sentence) {
      this(sentence.text(), sentence);
    }
  }
}
