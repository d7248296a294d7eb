package org.milena.archive.message;

import java.util.regex.Pattern;
import org.milena.archive.message.TextBlock.Kind;

/**
 * Finds what stands below an author's words: signatures (RFC 3676 section 4.3), what lists put
 * under each post, what telephones and PGP (RFC 9580 section 6 and 7) add.
 */
final class EndLines {
  private static final int U = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
  private static final Pattern LIST =
      Pattern.compile(
          ".*(?:mailing list\\b|/mailman3?/|/listinfo/|unsubscribe|\\blist(?:s)?[.@]\\S+\\.\\S"
              + "|-request@|\\blists\\.\\w|mailto:\\S+-leave@|groups\\.google\\.com|/options/).*",
          U);
  private static final Pattern PROGRAM =
      Pattern.compile(
          "(?:Sent (?:from|via|with|using) (?:my |the )?[\\p{L}\\d].{0,70}"
              + "|Get (?:Outlook|BlueMail|TypeApp) for .{0,80}|Get it from .{0,60}"
              + "|Von meinem .{1,50} gesendet|Gesendet (?:von|mit) .{1,60}"
              + "|Diese Nachricht wurde von meinem .{1,60} gesendet.{0,40}"
              + "|Envoyé (?:de|depuis) mon .{1,60}|Envoyé à partir de .{1,60}"
              + "|Enviado (?:desde|do|de) (?:mi|meu) .{1,60}|Inviato da(?:l)? .{1,60}"
              + "|Verzonden vanaf mijn .{1,60}|Skickat från min .{1,60}"
              + "|Sent from Yahoo Mail.{0,60}|Do You Yahoo!\\?.{0,40})",
          U);
  private static final Pattern RULE = Pattern.compile("_{20,}|-{20,}|={20,}|\\*{20,}|#{20,}");

  /** A signature has four lines or less (RFC 1855 section 2.1.1); people take more. */
  private static final int LONGEST_SIGNATURE = 30;

  /** Below a mark that lacks its space. */
  private static final int LONGEST_UNSURE = 10;

  /** Below a rule that programs put above the line that names them. */
  private static final int SHORTEST = 3;

  private static final int FOOTER_LINES = 8;

  private final TextLines lines;

  EndLines(TextLines lines) {
    this.lines = lines;
  }

  /** Marks the ending that begins here; the line behind it, or this one if none does. */
  int take(int at) {
    String line = lines.form(at);
    if (line.isEmpty()) {
      return at;
    }
    int end = at;
    if (line.startsWith("-----BEGIN PGP SIGN")) {
      end = pgp(at);
    } else if (isFooterRule(line)) {
      end = footer(at);
    } else if (PROGRAM.matcher(line.strip()).matches() && isLast(at)) {
      end = at + 1;
    }
    lines.mark(at, end, Kind.SIGNATURE);
    return end;
  }

  static boolean isFooterRule(String line) {
    return line.length() >= 20 && line.length() < 200 && RULE.matcher(line.strip()).matches();
  }

  /** Where a signature that begins here ends at the latest; this line if none does. */
  int signature(int at) {
    String line = lines.at(at);
    if (line.equals("-- ")) {
      return end(at, LONGEST_SIGNATURE, true);
    }
    if (line.equals("---")) {
      return end(at, SHORTEST, false);
    }
    return LineMarks.isSignature(line) ? end(at, LONGEST_UNSURE, false) : at;
  }

  private int end(int at, int most, boolean sure) {
    int paragraph = 0;
    for (int i = at + 1; i <= at + most; i++) {
      if (i >= lines.count() || LineMarks.isQuoted(lines.at(i), 0) || isFooterRule(lines.at(i))) {
        return Math.min(i, lines.count());
      }
      if (paragraph == 0 && i > at + 1 && lines.isBlank(i)) {
        paragraph = i;
      }
      if (!sure && lines.at(i).length() > 100) {
        return at;
      }
    }
    if (lines.skipBlank(at + most) >= lines.count()) {
      return lines.count();
    }
    return sure && paragraph > 0 ? paragraph : at;
  }

  private int pgp(int at) {
    boolean head = lines.at(at).startsWith("-----BEGIN PGP SIGNED MESSAGE-----");
    int i = at + 1;
    if (head) {
      while (i < at + 5 && lines.at(i).startsWith("Hash: ")) {
        i++;
      }
      return Math.min(i, lines.count());
    }
    while (i < lines.count() && i < at + 200 && !lines.at(i).startsWith("-----END PGP SIG")) {
      i++;
    }
    return i < lines.count() && lines.at(i).startsWith("-----END PGP SIG") ? i + 1 : at;
  }

  /** What a list puts below a rule; to the end of the text or to another part's text. */
  private int footer(int at) {
    int i = at + 1;
    boolean list = false;
    while (i < lines.count() && i <= at + FOOTER_LINES) {
      if (lines.isBlank(i) && list) {
        break;
      }
      list |= LIST.matcher(lines.form(i)).matches();
      i++;
    }
    return list ? i : at;
  }

  /** Whether nothing of the author's follows but at most a quote. */
  private boolean isLast(int at) {
    int next = lines.skipBlank(at + 1);
    return next >= lines.count()
        || LineMarks.isQuoted(lines.at(next), 0)
        || lines.at(next).startsWith("--")
        || isFooterRule(lines.at(next))
        || next > at + 1;
  }
}
