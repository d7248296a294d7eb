package org.milena.listexpander.posting;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.milena.common.directory.Authorship;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.ScanReport;
import org.milena.common.event.ScanReport.EngineReport;
import org.milena.common.event.ScanReport.Verdict;
import org.milena.common.event.Sentence;
import org.milena.common.event.SpamReport;
import org.milena.common.header.OneLine;
import org.milena.listexpander.sentence.Phrase;

/**
 * What scanner and proof say of a post, in words for people. Whatever a stranger may have chosen (a
 * file's name in an engine's words) is on one line, without control characters, and short.
 */
public final class Words {
  private static final int MAX_ENGINES = 5;
  private static final int MAX_TEXT = 200;

  /** Whether the author's address is proven, and by what. */
  public static Sentence of(Authorship authorship) {
    return switch (authorship) {
      case Authorship.Proven(var author, var proof) ->
          switch (proof) {
            case DMARC -> Phrase.PROVEN_BY_DMARC.say(author);
            case ACCOUNT -> Phrase.PROVEN_BY_ACCOUNT.say(author);
          };
      case Authorship.Unproven(var oneAuthor, var dmarc) ->
          Phrase.UNPROVEN.say(oneAuthor ? unproven(dmarc) : Phrase.NO_SINGLE_AUTHOR.say());
      case Authorship.Disowned(var domain, var policy) ->
          Phrase.DISOWNED.say(plain(domain), policy.name().toLowerCase(Locale.ROOT));
    };
  }

  private static Sentence unproven(AuthenticationReport.Result dmarc) {
    return switch (dmarc) {
      case NOT_CHECKED -> Phrase.NOT_CHECKED.say();
      case NONE -> Phrase.NO_DMARC_POLICY.say();
      case TEMPERROR -> Phrase.DOMAIN_NOT_ASKED.say();
      case PERMERROR -> Phrase.DMARC_POLICY_BROKEN.say();
      case PASS, FAIL, SOFTFAIL, NEUTRAL, POLICY ->
          Phrase.DMARC_SAYS.say(dmarc.name().toLowerCase(Locale.ROOT));
    };
  }

  /** Reasons, and the proof where none of them speaks of it. */
  public static String story(List<String> reasons, Authorship authorship) {
    String proof = of(authorship).text();
    List<String> all = new ArrayList<>(reasons);
    if (reasons.stream().noneMatch(reason -> reason.contains(proof))) {
      all.add(proof);
    }
    return String.join(" ", all);
  }

  /** What the rules said, the proof where none speaks of it, and which rules they were. */
  public static String told(List<RuleHit> hits, Authorship authorship) {
    String story = story(RuleHit.reasons(hits), authorship);
    return hits.isEmpty()
        ? story
        : story
            + " Rules: "
            + hits.stream().map(RuleHit::rule).distinct().collect(Collectors.joining(", "))
            + ".";
  }

  /** Why a person must look at it: {@code clamd says it is encrypted}. */
  static Sentence objections(ScanReport scan) {
    List<Sentence> objections = new ArrayList<>();
    for (EngineReport engine : scan.engines()) {
      if (engine.verdict() != Verdict.CLEAN && objections.size() < MAX_ENGINES) {
        String what =
            engine.detail().isBlank()
                ? engine.verdict().name().toLowerCase(Locale.ROOT)
                : plain(engine.detail());
        objections.add(Phrase.ENGINE_SAYS.say(plain(engine.engine()), what));
      }
    }
    SpamReport spam = scan.spam();
    if (spam != null && (spam.level() != SpamReport.Level.HAM || objections.isEmpty())) {
      objections.add(points(spam));
    }
    return objections.isEmpty()
        ? Phrase.NO_OBJECTION_SAID.say()
        : Phrase.OBJECTIONS.say(objections);
  }

  /** {@code the spam filter gives it 7.2 of 15.0 points}. */
  static Sentence points(SpamReport spam) {
    Sentence score = Sentence.number(spam.score(), 1);
    Sentence required = Sentence.number(spam.required(), 1);
    return spam.action().isBlank()
        ? Phrase.SPAM_POINTS.say(score, required)
        : Phrase.SPAM_POINTS_AND_ACTION.say(score, required, plain(spam.action()));
  }

  private static String plain(String text) {
    return OneLine.of(text, MAX_TEXT);
  }

  private Words() {}
}
