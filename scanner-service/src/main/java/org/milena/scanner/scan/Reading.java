package org.milena.scanner.scan;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.milena.common.event.ScanReport.EngineReport;
import org.milena.common.event.SpamReport;
import org.milena.scanner.scan.Word.Said;
import org.milena.scanner.scan.Word.Silent;

/**
 * What all engines have to say of one mail. It is read once, however many lists it is for; what
 * each list makes of it is a matter of voting.
 *
 * @param words in the order of the engines, one from each
 */
public record Reading(List<Word> words) {

  public Reading {
    words = List.copyOf(words);
  }

  /** Engines that read it. */
  public List<Said> said() {
    return words.stream()
        .flatMap(word -> word instanceof Said said ? Stream.of(said) : Stream.empty())
        .toList();
  }

  /** Engines that are out. */
  public List<Silent> silent() {
    return words.stream()
        .flatMap(word -> word instanceof Silent silent ? Stream.of(silent) : Stream.empty())
        .toList();
  }

  /** The words for a report. */
  public List<EngineReport> reports() {
    return said().stream()
        .map(said ->
            new EngineReport(
                said.engine(),
                said.version(),
                said.verdict().verdict(),
                said.verdict().detail(),
                said.verdict() instanceof EngineVerdict.Policy policy ? policy.objection() : null))
        .toList();
  }

  /** The rating of the spam filter; the worst one of several. */
  public Optional<SpamReport> spam() {
    return said().stream()
        .flatMap(said ->
            said.verdict() instanceof EngineVerdict.Rated(var spam)
                ? Stream.of(spam)
                : Stream.empty())
        .max((one, other) ->
            one.level() == other.level()
                ? Double.compare(one.score(), other.score())
                : one.level().compareTo(other.level()));
  }
}
