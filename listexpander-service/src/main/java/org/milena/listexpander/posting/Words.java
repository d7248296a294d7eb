package org.milena.listexpander.posting;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.milena.common.directory.Authorship;
import org.milena.common.event.ScanReport;
import org.milena.common.event.ScanReport.EngineReport;
import org.milena.common.event.ScanReport.Verdict;
import org.milena.common.event.SpamReport;
import org.milena.common.header.OneLine;

/**
 * What scanner and proof say of a post, in words for people. Whatever a stranger may have chosen (a
 * file's name in an engine's words) is on one line, without control characters, and short.
 */
public final class Words {
  private static final int MAX_ENGINES = 5;
  private static final int MAX_TEXT = 200;

  /** Whether the author's address is proven, and by what. */
  public static String of(Authorship authorship) {
    return switch (authorship) {
      case Authorship.Proven(var author, var proof) ->
          switch (proof) {
            case DMARC -> author + " is proven to be the author by DMARC.";
            case ACCOUNT -> author + " is proven to be the author by the account it owns.";
          };
      case Authorship.Unproven(var reason) -> "The author is not proven: " + reason + ".";
      case Authorship.Disowned(var domain, var policy) ->
          "The author is not proven: %s says that it is not from there (policy %s)."
              .formatted(plain(domain), policy.name().toLowerCase(Locale.ROOT));
    };
  }

  /** Reasons, and the proof where none of them speaks of it. */
  public static String story(List<String> reasons, Authorship authorship) {
    String proof = of(authorship);
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
  static String objections(ScanReport scan) {
    List<String> objections = new ArrayList<>();
    for (EngineReport engine : scan.engines()) {
      if (engine.verdict() != Verdict.CLEAN && objections.size() < MAX_ENGINES) {
        String what =
            engine.detail().isBlank()
                ? engine.verdict().name().toLowerCase(Locale.ROOT)
                : plain(engine.detail());
        objections.add(plain(engine.engine()) + " says " + what);
      }
    }
    SpamReport spam = scan.spam();
    if (spam != null && (spam.level() != SpamReport.Level.HAM || objections.isEmpty())) {
      objections.add(points(spam));
    }
    return objections.isEmpty() ? "it does not say why" : String.join("; ", objections);
  }

  /** {@code the spam filter gives it 7.2 of 15.0 points}. */
  static String points(SpamReport spam) {
    String text =
        String.format(
            Locale.ROOT,
            "the spam filter gives it %.1f of %.1f points",
            spam.score(),
            spam.required());
    return spam.action().isBlank() ? text : text + " (" + plain(spam.action()) + ")";
  }

  private static String plain(String text) {
    return OneLine.of(text, MAX_TEXT);
  }

  private Words() {}
}
