package org.milena.listexpander.preparation.dmarc;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.MailingList;
import org.milena.common.event.AuthenticationEvidence;
import org.milena.common.event.AuthenticationEvidence.Dmarc;
import org.milena.common.event.AuthenticationEvidence.Dmarc.Policy;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.event.Sentence;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.header.OneLine;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.DmarcAction;
import org.milena.common.settings.DmarcSettings;
import org.milena.common.settings.DmarcWhen;
import org.milena.listexpander.preparation.AddressField;
import org.milena.listexpander.sentence.Phrase;

/**
 * Decides what is done for a post so that receivers take its copies.
 *
 * <p>First who needs nothing: an anonymous list, a list that wants nothing done, a copy that is in
 * the list's name already, an author named as an exception. Then who always needs it: an author
 * named for that, and every post under {@link DmarcWhen#ALWAYS}, though never to be refused for
 * that alone. Then a signature that lives; and at last what the author's domain asks for. Where
 * that could not be asked, or authors have several domains or none, something is done: too much is
 * better than mail that never comes.
 */
public final class DmarcMitigation {
  private static final int MAX_DOMAIN = 100;

  private final MailingList list;
  private final DmarcSettings settings;
  private final AuthorLists authors;

  /**
   * @param authors made of the list's {@code dmarcAddresses} and {@code dmarcExcept}
   */
  public DmarcMitigation(MailingList list, AuthorLists authors) {
    this.list = list;
    this.settings = list.settings().dmarc();
    this.authors = authors;
  }

  /**
   * Decides.
   *
   * @param evidence what the scanner found; null where it checked nothing
   * @param original as its author sent it
   * @param copy as it would go out
   * @param addedLater names, in lower case, of fields that each recipient's copy gets on its way
   */
  public DmarcDecision decide(
      @Nullable AuthenticationEvidence evidence,
      RawMessage original,
      RawMessage copy,
      Set<String> addedLater) {
    if (list.settings().copies().anonymous()) {
      return new DmarcDecision.Pass("the list is anonymous");
    }
    if (settings.dmarcAction() == DmarcAction.NONE) {
      return new DmarcDecision.Pass("the list does nothing about DMARC");
    }
    List<MailAddress> from =
        AddressField.read(HeaderBlock.of(copy), "From").stream()
            .map(HeaderMailbox::address)
            .toList();
    if (from.stream().anyMatch(author -> author.key().equals(list.address().key()))) {
      return new DmarcDecision.Pass("it is in the list's name already");
    }
    if (!from.isEmpty() && from.stream().allMatch(authors.never())) {
      return new DmarcDecision.Pass("the author is an exception of the list");
    }
    if (from.stream().anyMatch(authors.always())) {
      return act(Phrase.DMARC_FOR_AUTHOR.say());
    }
    boolean refuses =
        settings.dmarcAction() == DmarcAction.REJECT
            || settings.dmarcAction() == DmarcAction.DISCARD;
    if (settings.dmarcWhen() == DmarcWhen.ALWAYS && !refuses) {
      return act(Sentence.plain("the list does so for all posts"));
    }
    if (evidence == null) {
      return new DmarcDecision.Pass("DMARC was not checked");
    }
    if (new SignatureSurvival(original, copy, addedLater).passesAgain(evidence)) {
      return new DmarcDecision.Pass(
          "the signature of " + domain(evidence.dmarc()) + " outlives what the list changes");
    }
    if (evidence.dmarc().domain().isEmpty() && !refuses) {
      // receivers refuse what they cannot ask anybody about (RFC 9989 sections 4.4 and 5.3.1)
      return act(Sentence.plain("it names no single author's domain"));
    }
    return need(evidence.dmarc())
        .map(this::act)
        .orElseGet(() -> new DmarcDecision.Pass(whyNot(evidence.dmarc())));
  }

  /** Why copies would be refused, if so. */
  private Optional<Sentence> need(Dmarc dmarc) {
    if (dmarc.result() == Result.TEMPERROR && dmarc.policy() == null) {
      return Optional.of(Phrase.POLICY_NOT_ASKED.say(domain(dmarc)));
    }
    return asksFor(dmarc.policy())
        ? Optional.of(Phrase.POLICY_ASKS_FOR.say(domain(dmarc), word(dmarc.policy())))
        : Optional.empty();
  }

  private boolean asksFor(@Nullable Policy policy) {
    if (policy == null) {
      return false;
    }
    return switch (settings.dmarcWhen()) {
      case REJECT -> policy == Policy.REJECT;
      case QUARANTINE, ALWAYS -> policy != Policy.NONE;
      case ANY_POLICY -> true;
    };
  }

  private static String whyNot(Dmarc dmarc) {
    if (dmarc.policy() != null) {
      return Phrase.POLICY_ASKS_FOR.say(domain(dmarc), word(dmarc.policy())).text();
    }
    return dmarc.domain().isEmpty()
        ? "it names no single author's domain"
        : domain(dmarc) + " publishes no policy";
  }

  private DmarcDecision act(Sentence why) {
    return switch (settings.dmarcAction()) {
      case NONE -> new DmarcDecision.Pass(why.text());
      case MUNGE -> new DmarcDecision.Munge(why.text());
      case WRAP -> new DmarcDecision.Wrap(why.text());
      case REJECT -> new DmarcDecision.Reject(why);
      case DISCARD -> new DmarcDecision.Discard(why.text());
    };
  }

  private static Sentence domain(Dmarc dmarc) {
    return dmarc.domain().isEmpty()
        ? Phrase.AUTHORS_DOMAIN.say()
        : Sentence.plain(OneLine.of(dmarc.domain(), MAX_DOMAIN));
  }

  private static String word(@Nullable Policy policy) {
    return policy == null ? "nothing" : policy.name().toLowerCase(Locale.ROOT);
  }
}
