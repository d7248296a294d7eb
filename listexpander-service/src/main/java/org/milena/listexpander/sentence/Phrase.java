package org.milena.listexpander.sentence;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.milena.common.event.Sentence;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.template.Language;

/**
 * What sentences are made of: each is a pattern in the catalogues. The names are kept in rows, so
 * none is ever given to another pattern.
 */
public enum Phrase {
  // what is done with posts of a kind: "held for moderation"
  ACTION_ACCEPT,
  ACTION_DEFER,
  ACTION_HOLD,
  ACTION_REJECT,
  ACTION_DISCARD,
  // to whom a ban or a filter belongs
  OF_LIST,
  OF_SITE,
  OF_LISTS_AT,
  // rules: where a post comes from
  EMPTY_RETURN_PATH,
  NO_SENDER,
  TWO_FROM_FIELDS,
  APPROVED,
  WRONG_APPROVAL,
  UNCHECKED_APPROVAL,
  EMERGENCY,
  LOOP,
  BANNED,
  MANY_AUTHORS,
  // rules: who speaks
  UNPROVEN_AUTHOR,
  MEMBER_HAS_ACTION,
  STAFF,
  MEMBERS,
  HEADER_FILTER,
  NON_MEMBER_HAS_ACTION,
  NON_MEMBERS,
  NON_MEMBER_ON_LIST,
  // rules: what scanner and author's domain say
  SCAN_PASSAGE,
  SPAM,
  DISOWNED_AUTHOR,
  // rules: what a post says
  ADMINISTRIVIA,
  IMPLICIT_DESTINATION,
  MAX_RECIPIENTS,
  MAX_SIZE,
  NO_SUBJECT,
  DIGEST_SUBJECT,
  DIGEST_QUOTED,
  AUTO_REPLY,
  // rules: how many, how fast
  THREAD_CLOSED,
  SAME_MESSAGE_ID,
  PROBATION,
  SENDER_RATE,
  THREAD_RATE,
  // whether an author is proven
  PROVEN_BY_DMARC,
  PROVEN_BY_ACCOUNT,
  UNPROVEN,
  DISOWNED,
  NO_SINGLE_AUTHOR,
  NOT_CHECKED,
  NO_DMARC_POLICY,
  DOMAIN_NOT_ASKED,
  DMARC_POLICY_BROKEN,
  DMARC_SAYS,
  // what the scanner says
  OBJECTIONS,
  ENGINE_SAYS,
  NO_OBJECTION_SAID,
  SPAM_POINTS,
  SPAM_POINTS_AND_ACTION,
  // what keeps a post from being made ready
  TOO_MANY_PARTS,
  KIND_MAY_NOT_STAY,
  NOTHING_MAY_STAY,
  WITHOUT_PARTS,
  WITHOUT_PART,
  AND_MORE,
  COPIES_REFUSED,
  DMARC_FOR_AUTHOR,
  POLICY_NOT_ASKED,
  POLICY_ASKS_FOR,
  AUTHORS_DOMAIN,
  // what else a post is given back for
  RETIRED,
  NOT_LOOKED_AT,
  REJECTED_BY_MODERATOR,
  // answers to mail commands
  ONLY_FIRST_COMMANDS,
  TOKEN_NOT_OURS,
  ONLY_OWNERS_INVITE,
  ONLY_ADDRESS_ITSELF,
  AUTHOR_NOT_PROVEN,
  MEMBERS_NOT_SHOWN,
  ONLY_MODERATORS,
  WHICH_THREAD,
  NOT_DONE,
  // behind "not done"
  SET_TAKES,
  CONFIRM_NEEDS_TOKEN,
  NO_PASSWORDS,
  POSTS_IN_ARCHIVE,
  DIGEST_TAKES,
  NO_ADDRESS,
  ONLY_THIS_LIST,
  INVITE_NEEDS_ADDRESS,
  // what became of commands for members
  OWN_ADDRESS_OF_LIST,
  NAME_IS_ONE_LINE,
  LIST_RETIRED,
  CANNOT_JOIN,
  ADDED_BY_OWNERS,
  REQUEST_GONE,
  INVITED,
  NOT_ON_LIST,
  STOPPED_BY_MODERATOR,
  UNTIL_TOO_EARLY,
  LANGUAGES,
  UNCHANGED,
  OPTIONS_CHANGED,
  // what became of commands for threads
  THREAD_NAMED_BY_POST,
  THREAD_NAMED_BY_FIRST,
  NO_MEMBER_OF,
  WISHES_FULL,
  THREAD_FOLLOWED,
  THREAD_MUTED,
  THREAD_AS_OTHERS,
  NO_SUCH_WISH,
  LOCKS_FULL,
  THREAD_IS_CLOSED,
  THREAD_IS_CLOSED_UNTIL,
  STILL_HELD,
  STILL_REJECTED,
  THREAD_IS_OPEN,
  THREAD_NOT_CLOSED,
  // what became of answers of moderators
  REPLY_IS_EMPTY,
  REPLY_IS_UNKNOWN,
  NOT_HELD,
  DECIDED_ALREADY,
  DECIDED_ACCEPTED,
  DECIDED_REJECTED,
  DECIDED_DISCARDED,
  MESSAGE_GONE,
  NOT_READY,
  SENTENCES,
  TRUSTED_NO_AUTHOR,
  TRUSTED_LIST_ITSELF,
  TRUSTED_UNPROVEN;

  private final String key = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** As rows and catalogues name it. */
  public String key() {
    return key;
  }

  /**
   * Says it.
   *
   * @param args for its places: sentences, addresses, numbers, and texts that are the same in every
   *     language
   */
  public Sentence say(Object... args) {
    return say(Stream.of(args).map(Phrase::argument).toList());
  }

  /** The same. */
  public Sentence say(List<Sentence> args) {
    Sentence sentence = new Sentence("", key, args);
    if (!Sentences.fits(Language.EN, sentence)) {
      throw new IllegalArgumentException(this + " is not said with " + args);
    }
    return new Sentence(Sentences.in(Language.EN, sentence), key, args);
  }

  private static Sentence argument(Object argument) {
    return switch (argument) {
      case Sentence sentence -> sentence;
      case MailAddress address -> Sentence.plain(address.toString());
      case String text -> Sentence.plain(text);
      case Integer number -> Sentence.number(number);
      case Long number -> Sentence.number(number);
      default -> throw new IllegalArgumentException(argument.getClass() + " stands in no sentence");
    };
  }
}
