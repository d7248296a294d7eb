package org.milena.listexpander.template;

import static org.milena.listexpander.template.Placeholder.ACCOUNT;
import static org.milena.listexpander.template.Placeholder.ANSWER;
import static org.milena.listexpander.template.Placeholder.ARCHIVE_ACCESS;
import static org.milena.listexpander.template.Placeholder.COMMENT;
import static org.milena.listexpander.template.Placeholder.CONFIRM_URL;
import static org.milena.listexpander.template.Placeholder.CONTENTS;
import static org.milena.listexpander.template.Placeholder.COUNT;
import static org.milena.listexpander.template.Placeholder.DAY;
import static org.milena.listexpander.template.Placeholder.DECIDE_URL;
import static org.milena.listexpander.template.Placeholder.DELIVERED;
import static org.milena.listexpander.template.Placeholder.FAILED;
import static org.milena.listexpander.template.Placeholder.FAILING;
import static org.milena.listexpander.template.Placeholder.FILE_NAME;
import static org.milena.listexpander.template.Placeholder.FILE_SIZE;
import static org.milena.listexpander.template.Placeholder.FILE_TYPE;
import static org.milena.listexpander.template.Placeholder.FILE_URL;
import static org.milena.listexpander.template.Placeholder.FIRST_AT;
import static org.milena.listexpander.template.Placeholder.HOURS;
import static org.milena.listexpander.template.Placeholder.ISSUE;
import static org.milena.listexpander.template.Placeholder.JOINING;
import static org.milena.listexpander.template.Placeholder.KNOWN;
import static org.milena.listexpander.template.Placeholder.LAST_AT;
import static org.milena.listexpander.template.Placeholder.LISTS;
import static org.milena.listexpander.template.Placeholder.MEMBERS;
import static org.milena.listexpander.template.Placeholder.NUMBER;
import static org.milena.listexpander.template.Placeholder.OF;
import static org.milena.listexpander.template.Placeholder.ON_THEIR_WAY;
import static org.milena.listexpander.template.Placeholder.OPTIONS;
import static org.milena.listexpander.template.Placeholder.POSTS;
import static org.milena.listexpander.template.Placeholder.POST_URL;
import static org.milena.listexpander.template.Placeholder.QUEUE_URL;
import static org.milena.listexpander.template.Placeholder.READER_EMAIL;
import static org.milena.listexpander.template.Placeholder.READER_LEAVE_URL;
import static org.milena.listexpander.template.Placeholder.READER_NAME;
import static org.milena.listexpander.template.Placeholder.READER_NAME_OR_EMAIL;
import static org.milena.listexpander.template.Placeholder.REASON;
import static org.milena.listexpander.template.Placeholder.REASONS;
import static org.milena.listexpander.template.Placeholder.REMOVED_ON;
import static org.milena.listexpander.template.Placeholder.REQUESTS;
import static org.milena.listexpander.template.Placeholder.RESULTS;
import static org.milena.listexpander.template.Placeholder.SCORE;
import static org.milena.listexpander.template.Placeholder.SENDER;
import static org.milena.listexpander.template.Placeholder.SIZE;
import static org.milena.listexpander.template.Placeholder.SOURCE_URL;
import static org.milena.listexpander.template.Placeholder.SUBJECT;
import static org.milena.listexpander.template.Placeholder.TOKEN;
import static org.milena.listexpander.template.Placeholder.UNTIL;
import static org.milena.listexpander.template.Placeholder.USER_EMAIL;
import static org.milena.listexpander.template.Placeholder.USER_NAME;
import static org.milena.listexpander.template.Placeholder.VOLUME;
import static org.milena.listexpander.template.Placeholder.WRITTEN_TO;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every text that a list writes. Mailman's names, and some more of the same kind. */
public enum TemplateName {
  NEW_LIST(
      "domain:admin:notice:new-list", Form.LETTER, "Tells the owners of a new list what it has."),

  HELD_POST(
      "list:admin:action:post",
      Form.LETTER,
      "Asks moderators to decide about a held post.",
      SENDER,
      SUBJECT,
      SIZE,
      REASONS,
      DECIDE_URL,
      QUEUE_URL),
  NOT_DECIDED(
      "list:admin:notice:not-decided",
      Form.LETTER,
      "Tells a moderator that an answer by mail was not carried out.",
      SUBJECT,
      REASON,
      QUEUE_URL),
  JOIN_REQUEST(
      "list:admin:action:subscribe",
      Form.LETTER,
      "Asks moderators whether somebody may join.",
      USER_EMAIL,
      USER_NAME,
      UNTIL),
  LEAVE_REQUEST(
      "list:admin:action:unsubscribe",
      Form.LETTER,
      "Asks moderators whether somebody may leave.",
      USER_EMAIL,
      USER_NAME,
      UNTIL),

  MEMBER_JOINED(
      "list:admin:notice:subscribe",
      Form.LETTER,
      "Tells owners that somebody has joined.",
      USER_EMAIL,
      USER_NAME),
  MEMBER_LEFT(
      "list:admin:notice:unsubscribe",
      Form.LETTER,
      "Tells owners that somebody has left.",
      USER_EMAIL,
      USER_NAME),
  UNRECOGNIZED_BOUNCE(
      "list:admin:notice:unrecognized",
      Form.LETTER,
      "Tells owners that something came back that cannot be read.",
      SENDER,
      SUBJECT),
  BOUNCE_COUNTED(
      "list:admin:notice:increment",
      Form.LETTER,
      "Tells owners that a member's mail came back and was counted.",
      USER_EMAIL,
      SCORE,
      REASON),
  DELIVERY_STOPPED(
      "list:admin:notice:disable",
      Form.LETTER,
      "Tells owners that a member gets nothing more, for too much came back.",
      USER_EMAIL,
      REASON),
  REFUSED_BY_HOST(
      "list:admin:notice:refused",
      Form.LETTER,
      "Tells owners that a host refuses the list's mail, whoever gets it.",
      USER_EMAIL,
      REASON),
  SOURCE_FAILS(
      "list:admin:notice:source",
      Form.LETTER,
      "Tells owners that members who come from the web cannot be fetched.",
      SOURCE_URL,
      REASON),
  SOURCE_SHRINKS(
      "list:admin:notice:source-smaller",
      Form.LETTER,
      "Tells owners that far fewer members would come from the web, which waits for their word.",
      SOURCE_URL,
      COUNT,
      KNOWN),
  DOMAIN_FAILS(
      "list:admin:notice:frozen",
      Form.LETTER,
      "Tells owners that mail to much of a domain comes back, and counts for nobody.",
      FAILING,
      COUNT,
      HOURS,
      REASON),
  COMPLAINT(
      "list:admin:notice:complaint",
      Form.LETTER,
      "Tells owners that a member was taken off the list by a complaint.",
      USER_EMAIL,
      REASON),
  MEMBER_REMOVED(
      "list:admin:notice:removal",
      Form.LETTER,
      "Tells owners that a member was taken off the list, for too much came back.",
      USER_EMAIL,
      REASON),
  SUMMARY(
      "list:admin:notice:pending",
      Form.LETTER,
      "Tells moderators once a day what waits for them.",
      COUNT,
      POSTS,
      REQUESTS),
  FLOOD(
      "list:admin:notice:flood",
      Form.PART,
      "Ends the last notice of its kind that owners or moderators get within the hour."),

  DIGEST_MASTHEAD(
      "list:member:digest:masthead",
      Form.LETTER,
      "Subject of a digest, and what stands at its top.",
      VOLUME,
      ISSUE,
      COUNT),
  DIGEST_HEADER(
      "list:member:digest:header",
      Form.ADDITION,
      "Stands in a digest between masthead and contents.",
      VOLUME,
      ISSUE),
  DIGEST_CONTENTS(
      "list:member:digest:contents",
      Form.PART,
      "The table of contents of a digest.",
      VOLUME,
      ISSUE,
      COUNT,
      CONTENTS),
  DIGEST_FOOTER(
      "list:member:digest:footer", Form.ADDITION, "Stands at the end of a digest.", VOLUME, ISSUE),
  DIGEST_END(
      "list:member:digest:end", Form.PART, "The last line of a plain digest.", VOLUME, ISSUE),

  SUMMARY_MASTHEAD(
      "list:member:summary:masthead",
      Form.LETTER,
      "Subject of a daily summary, and what stands at its top.",
      DAY,
      COUNT),

  HEADER(
      "list:member:regular:header",
      Form.ADDITION,
      "Stands above the text of each post.",
      POST_URL,
      READER_EMAIL,
      READER_NAME,
      READER_NAME_OR_EMAIL,
      READER_LEAVE_URL),
  FOOTER(
      "list:member:regular:footer",
      Form.ADDITION,
      "Stands below the text of each post.",
      POST_URL,
      READER_EMAIL,
      READER_NAME,
      READER_NAME_OR_EMAIL,
      READER_LEAVE_URL),

  ATTACHMENT(
      "list:member:regular:attachment",
      Form.PART,
      "Stands in a copy in the place of an attachment that became a link.",
      FILE_NAME,
      FILE_TYPE,
      FILE_SIZE,
      FILE_URL,
      ARCHIVE_ACCESS),

  INVITATION(
      "list:user:action:invite",
      Form.CONFIRMATION,
      "Asks somebody whom owners invite to join.",
      USER_EMAIL,
      USER_NAME,
      COMMENT,
      TOKEN,
      CONFIRM_URL),
  CONFIRM_JOINING(
      "list:user:action:subscribe",
      Form.CONFIRMATION,
      "Asks whether an address really wants to join.",
      USER_EMAIL,
      USER_NAME,
      TOKEN,
      CONFIRM_URL),
  CONFIRM_LEAVING(
      "list:user:action:unsubscribe",
      Form.CONFIRMATION,
      "Asks whether a member really wants to leave.",
      USER_EMAIL,
      USER_NAME,
      TOKEN,
      CONFIRM_URL),

  CONFIRM_ADDRESS(
      "site:user:action:address",
      Form.LETTER,
      "Asks whether an address is one of an account; the site writes it, for no list.",
      USER_EMAIL,
      ACCOUNT,
      CONFIRM_URL),

  WELCOME("list:user:notice:welcome", Form.LETTER, "Welcomes a new member.", USER_EMAIL),
  GOODBYE("list:user:notice:goodbye", Form.LETTER, "Tells somebody who has left so.", USER_EMAIL),
  HELD_FOR_AUTHOR(
      "list:user:notice:hold",
      Form.LETTER,
      "Tells an author that the post waits for a moderator.",
      SUBJECT,
      REASONS),
  REJECTED(
      "list:user:notice:rejected",
      Form.LETTER,
      "Tells an author that the post was not accepted.",
      SUBJECT,
      REASONS,
      COMMENT),
  ACKNOWLEDGEMENT(
      "list:user:notice:post",
      Form.LETTER,
      "Tells an author who wants it so that the post is on its way.",
      SUBJECT,
      POST_URL),
  DELIVERED_POST(
      "list:user:notice:delivered",
      Form.LETTER,
      "Tells an author who wants it so what became of the copies of the post.",
      SUBJECT,
      COUNT,
      DELIVERED,
      FAILED,
      ON_THEIR_WAY,
      FIRST_AT,
      LAST_AT),
  REQUEST_REFUSED(
      "list:user:notice:refuse",
      Form.LETTER,
      "Tells somebody that moderators refused to let the address join or leave.",
      USER_EMAIL,
      COMMENT),
  NO_MORE_TODAY(
      "list:user:notice:no-more-today",
      Form.LETTER,
      "Tells an address that it gets no more answers today.",
      USER_EMAIL,
      COUNT),
  PROBE(
      "list:user:notice:probe",
      Form.LETTER,
      "Finds out whether mail still reaches a member whose mail came back.",
      USER_EMAIL,
      REASON),
  WARNING(
      "list:user:notice:warning",
      Form.LETTER,
      "Reminds a member, for too much came back, that delivery is stopped.",
      USER_EMAIL,
      REASON,
      NUMBER,
      OF,
      REMOVED_ON),
  STOPPED(
      "list:user:notice:disabled",
      Form.LETTER,
      "Tells a member that delivery is stopped, for too much came back.",
      USER_EMAIL,
      REASON),
  RESUMED(
      "list:user:notice:resumed",
      Form.LETTER,
      "Tells a member that delivery goes on, for the day came until which it was stopped.",
      USER_EMAIL),
  REMOVED(
      "list:user:notice:removed",
      Form.LETTER,
      "Tells a member that the address was taken off the list, for too much came back.",
      USER_EMAIL,
      REASON),
  HELP("list:user:notice:help", Form.LETTER, "Says how to use the list by mail."),
  INFO("list:user:notice:info", Form.LETTER, "Says what the list is.", JOINING),
  LISTS_HERE("list:user:notice:lists", Form.LETTER, "Names the lists of the site.", LISTS),
  LISTS_OF_MEMBER(
      "list:user:notice:which",
      Form.LETTER,
      "Names the lists that an address is on.",
      USER_EMAIL,
      LISTS),
  ROSTER("list:user:notice:who", Form.LETTER, "Names the members of the list.", COUNT, MEMBERS),
  MEMBER_OPTIONS(
      "list:user:notice:options",
      Form.LETTER,
      "Tells a member what it gets, and how.",
      USER_EMAIL,
      OPTIONS),
  ALREADY_MEMBER(
      "list:user:notice:already-member",
      Form.LETTER,
      "Tells a member that somebody wanted the address to join once more.",
      USER_EMAIL),
  NOT_MEMBER(
      "list:user:notice:not-member",
      Form.LETTER,
      "Tells somebody who wants to leave that the address is not on the list.",
      USER_EMAIL),
  CLOSED(
      "list:user:notice:closed",
      Form.LETTER,
      "Tells somebody who wants to join that owners add the members here."),
  WAITING(
      "list:user:notice:waiting",
      Form.LETTER,
      "Tells somebody that the request to join or leave waits for a moderator.",
      USER_EMAIL),
  RESULTS_OF_COMMANDS(
      "list:user:notice:results",
      Form.LETTER,
      "Tells somebody what became of the commands of a mail.",
      RESULTS),
  AUTOMATIC(
      "list:user:notice:automatic",
      Form.LETTER,
      "Answers by itself, where owners say so; the answer itself is a setting of the list.",
      WRITTEN_TO,
      ANSWER),
  SIGNATURE(
      "list:user:notice:signature",
      Form.ADDITION,
      "Ends every mail that the list itself writes, behind a line of two hyphens.");

  /** What a text is made of. */
  public enum Form {
    /** Subject and text. */
    LETTER,
    /** The same; its subject begins so that an answer to it is a command. */
    CONFIRMATION,
    /** Text alone. */
    PART,
    /** Text alone, which may be empty. */
    ADDITION
  }

  /** What the subject of a {@link Form#CONFIRMATION} begins with. */
  static final String CONFIRMING = "confirm ${token}";

  private final String key;
  private final Form form;
  private final String purpose;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Placeholder> own;

  @SuppressWarnings("ImmutableEnumChecker") // made unmodifiable
  private final Set<String> known;

  TemplateName(String key, Form form, String purpose, Placeholder... own) {
    this.key = key;
    this.form = form;
    this.purpose = purpose;
    this.own = List.of(own);
    this.known =
        placeholders().stream()
            .map(Placeholder::name)
            .collect(
                Collectors.collectingAndThen(
                    Collectors.toCollection(LinkedHashSet::new), Collections::unmodifiableSet));
  }

  /** As it is stored and asked for: {@code list:user:notice:welcome}. */
  public String key() {
    return key;
  }

  /** What it is made of. */
  public Form form() {
    return form;
  }

  /** What it is for, a sentence. */
  public String purpose() {
    return purpose;
  }

  /** Whether its first line may be a subject. */
  public boolean hasSubject() {
    return form == Form.LETTER || form == Form.CONFIRMATION;
  }

  /** Whether there may be nothing. */
  public boolean mayBeEmpty() {
    return form == Form.ADDITION;
  }

  /** Whether it is the site's and belongs to no list. */
  public boolean ofSite() {
    return key.startsWith("site:");
  }

  /** What only this text knows, beside {@link Placeholder#OF_LIST}. */
  public List<Placeholder> own() {
    return own;
  }

  /** All that it may hold a place for. */
  public List<Placeholder> placeholders() {
    List<Placeholder> all = new ArrayList<>(own);
    if (!ofSite()) {
      all.addAll(Placeholder.OF_LIST);
    }
    return List.copyOf(all);
  }

  /** Their names, its own first. */
  Set<String> known() {
    return known;
  }

  /** The text of this name. */
  public static Optional<TemplateName> of(@Nullable String key) {
    return Stream.of(values()).filter(name -> name.key.equals(key)).findFirst();
  }
}
