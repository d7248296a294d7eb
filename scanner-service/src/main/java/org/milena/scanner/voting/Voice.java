package org.milena.scanner.voting;

import java.util.Optional;
import org.milena.scanner.scan.Engine;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.Word;

/** What an engine's word is about malware. */
enum Voice {
  /** It read everything and found no malware. */
  CLEAN,
  INFECTED,
  /** It could not read everything. */
  UNSCANNABLE,
  /** It is out. */
  SILENT;

  /**
   * The voice of a word; none for one that says nothing about malware. The clean of the built-in
   * checks is none: they know one signature.
   */
  static Optional<Voice> of(Word word) {
    return switch (word) {
      case Word.Silent _ -> Optional.of(SILENT);
      case Word.Said said ->
          switch (said.verdict()) {
            case EngineVerdict.Infected _ -> Optional.of(INFECTED);
            case EngineVerdict.Unscannable _ -> Optional.of(UNSCANNABLE);
            case EngineVerdict.Clean _, EngineVerdict.Policy _, EngineVerdict.Rated _ ->
                said.role() == Engine.Role.ANTIVIRUS ? Optional.of(CLEAN) : Optional.empty();
          };
    };
  }
}
