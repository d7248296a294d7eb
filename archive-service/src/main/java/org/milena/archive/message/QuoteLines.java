package org.milena.archive.message;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.milena.archive.message.TextBlock.Kind;

/**
 * Finds what a text quotes: marked lines and the lines that say whom, and whole messages that mail
 * programs put below an answer.
 */
final class QuoteLines {
  private static final int U = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

  /** Initials or a name before the mark, as Supercite and other programs write it. */
  private static final Pattern NAMED =
      Pattern.compile(" ?(\\p{Lu}[\\p{L}\\d._-]{0,15})>(?:[> ].*)?");

  /** Programs whose prompt looks like a name. */
  private static final Set<String> PROMPTS =
      Set.of("SQL", "PS", "IDL", "ISE", "C", "D", "ADB", "GDB", "DEBUG", "BIOS", "Shell", "U-Boot");

  private static final Pattern SAYS =
      Pattern.compile(
          ".*(?:\\b(?:wrote|writes|said|says|writing|schrieb|schreibt|schrieben|écrit|écrivait|ecrit"
              + "|scritto|scrive|scrisse|escribió|escribio|escribe|escreveu|schreef|schrijft|skrev|skriver|kirjoitti|napisał|napisała|napsal|írta|yazdı|ha"
              + " scritto|a scris)\\b|пишет|написал|писал|написав|さん|書きました|のメール|写道|寫道|wrote:).*",
          U);
  private static final Pattern SAYS_AT_END =
      Pattern.compile(
          ".*\\b(?:wrote|writes|said|schrieb|écrit|scritto|escribió|escreveu|schreef|skrev"
              + "|kirjoitti|napisał\\(a\\)|пишет|написал)\\s*:?\\s*",
          U);
  private static final Pattern BEGINS =
      Pattern.compile(
          "(?:\\* .*@.*|(?:\\[|<)?(?:(?:On|At|In|Am|Um|Den|Le|El|Il|Em|Op|Dnia|W"
              + " dniu|Dne|Quoting|Zitat von|Citando|Citeren|Thus|Also|Quoth|Selon)"
              + " |\\d{1,4}[-./]\\d{1,2}|\\p{L}{2,4}[.,] ?\\d|В |в |\\p{L}+, \\d).*)",
          U);
  private static final Pattern DATED =
      Pattern.compile(".*(?:\\d{1,2}:\\d{2}|\\b(?:19|20)\\d{2}\\b|\\S@\\S| at \\S+\\.\\S+).*");

  /** The second line of one that has no word for it. */
  private static final Pattern ADDRESS = Pattern.compile("<\\S+@\\S+>\\s?:");

  private static final Pattern SEPARATOR =
      Pattern.compile(
          "[-_*=]{2,}\\s*(?:Original"
              + " (?:Message|Nachricht|Mail|E-?mail)|Originalnachricht|Original-Nachricht|Ursprüngliche"
              + " (?:Nachricht|Mail)|Ursprungsnachricht|Message d.origine|Mensaje"
              + " original|Messaggio originale|Mensagem original|Oorspronkelijk"
              + " bericht|Originalmeddelande|Original(?:t)? meddelelse|Пересылаемое"
              + " сообщение|原始邮件|原始郵件|Reply (?:Message|Separator)|Original Appointment|Forwarded"
              + " (?:message|mail)(?: .*)?|Weitergeleitete Nachricht|Message transféré|Mensaje"
              + " reenviado|Messaggio inoltrato|Doorgestuurd bericht|Begin forwarded"
              + " message)\\s*[-_*=]*\\s*",
          U);
  private static final Pattern FORWARDED =
      Pattern.compile(
          "(?:Begin forwarded message|Anfang der weitergeleiteten (?:Nachricht|E-Mail)"
              + "|Début du message (?:transféré|réexpédié)|Inicio del mensaje reenviado)\\s*:\\s*",
          U);
  private static final Pattern FORWARD_END =
      Pattern.compile("-{2,}\\s*End (?:of )?forwarded message.*", U);
  private static final Pattern FROM_FIELD =
      Pattern.compile("\\*?(?:From|Von|De|Da|Van|Från|Fra|От|发件人|寄件者|差出人)\\s?:\\*?\\s?\\S.*", U);
  private static final Pattern SENT_FIELD =
      Pattern.compile(
          "\\*?(?:Sent|Gesendet(?: am)?|Envoyé(?: le)?|Enviado(?: el|"
              + " em)?|Inviato|Verzonden|Skickat|Sendt"
              + "|Отправлено|发送时间|送信日時|Date|Datum|Fecha|Data|Дата)\\s?:\\*?\\s?\\S.*",
          U);
  private static final Pattern SUBJECT_FIELD =
      Pattern.compile(
          "\\*?(?:Subject|Betreff|Objet|Asunto|Oggetto|Onderwerp|Assunto|Ämne|Emne|Тема|主题|主旨|件名)"
              + "\\s?:\\*?.*",
          U);

  private static final int MOST_ATTRIBUTIONS = 3;
  private static final int FIELDS = 8;
  private static final int LONGEST_ATTRIBUTION = 500;

  private final TextLines lines;

  QuoteLines(TextLines lines) {
    this.lines = lines;
  }

  /** Marks the quote that begins here; the line behind it, or this one if none does. */
  int take(int at) {
    if (isMarked(at)) {
      return marked(at);
    }
    int end = barred(at);
    if (end == at) {
      end = named(at);
    }
    if (end > at) {
      lines.mark(at, end, Kind.QUOTED);
      attribution(at);
      return end;
    }
    return message(at);
  }

  private boolean isMarked(int at) {
    return LineMarks.isQuoted(lines.at(at), 2);
  }

  private int marked(int at) {
    int i = at;
    while (i < lines.count() && isMarked(i)) {
      i++;
    }
    if (i == at + 1 && (lines.at(at).startsWith(">From ") || isPointer(at))) {
      return at; // the first: a mailbox had to tell it from a message's first line
    }
    lines.mark(at, i, Kind.QUOTED);
    attribution(at);
    return i;
  }

  /** A mark in the output of a program, as {@code >> file.c:12: error} among indented lines. */
  private boolean isPointer(int at) {
    boolean deep = lines.at(at).startsWith(">> ") || lines.at(at).startsWith(" > ");
    return deep && (lines.at(at - 1).startsWith("   ") || lines.at(at + 1).startsWith("   "));
  }

  /** Lines behind a bar or a colon are a quote where a line before them says so. */
  private int barred(int at) {
    String line = lines.at(at);
    char mark = line.isEmpty() ? 'x' : line.charAt(0);
    if ((mark != '|' && mark != ':') || attributionBefore(at) < 0) {
      return at;
    }
    int i = at;
    while (i < lines.count()
        && !lines.at(i).isEmpty()
        && lines.at(i).charAt(0) == mark
        && (lines.at(i).length() == 1 || " |:>".indexOf(lines.at(i).charAt(1)) >= 0)) {
      i++;
    }
    return i;
  }

  private int named(int at) {
    Matcher first = NAMED.matcher(lines.form(at));
    if (!first.matches() || PROMPTS.contains(first.group(1))) {
      return at;
    }
    String name = first.group(1) + ">";
    int i = at + 1;
    while (i < lines.count() && lines.at(i).stripLeading().startsWith(name)) {
      i++;
    }
    return i - at >= 2 || attributionBefore(at) >= 0 ? i : at;
  }

  private void attribution(int quote) {
    int to = quote;
    // some programs lose the marks of who quoted whom: one such line stands above another then
    for (int i = 0; i < MOST_ATTRIBUTIONS; i++) {
      int from = attributionBefore(to);
      if (from < 0) {
        return;
      }
      lines.mark(from, to, Kind.QUOTED);
      to = from;
    }
  }

  /** Where the lines begin that say who is quoted from here on; -1 without any. */
  private int attributionBefore(int quote) {
    int last = quote - 1;
    while (last >= 0 && quote - last <= 2 && lines.isBlank(last)) {
      last--;
    }
    if (last < 0 || lines.isBlank(last) || lines.kind(last) != Kind.NEW) {
      return -1;
    }
    String line = lines.form(last).strip();
    boolean colon = line.endsWith(":") || line.endsWith("：");
    boolean says = SAYS.matcher(line).matches() || ADDRESS.matcher(line).matches();
    if (line.length() > LONGEST_ATTRIBUTION || !(colon || SAYS_AT_END.matcher(line).matches())) {
      return -1;
    }
    String before = line;
    for (int from = last, length = 0; from >= 0 && last - from < 4; from--) {
      String above = lines.form(from).strip();
      length += above.length();
      if (above.isEmpty() || length > LONGEST_ATTRIBUTION || lines.kind(from) != Kind.NEW) {
        break;
      }
      before = from == last ? above : above + " " + before;
      says |= SAYS.matcher(above).matches();
      boolean dated = DATED.matcher(before).matches();
      if (BEGINS.matcher(above).matches() && dated && (says || (from == last && colon))) {
        return from;
      }
    }
    return says ? nameAbove(last) : -1;
  }

  /** {@code Alice Example <alice@example.org>} on a line of its own above {@code wrote:}. */
  private int nameAbove(int last) {
    String line = lines.form(last).strip();
    String above = lines.form(last - 1).strip();
    boolean rest = line.split("\\s+", 4).length <= 2;
    return rest && last > 0 && DATED.matcher(above).matches() && lines.kind(last - 1) == Kind.NEW
        ? last - 1
        : last;
  }

  /** A whole message below the answer, without marks. */
  private int message(int at) {
    String line = lines.form(at);
    if (SEPARATOR.matcher(line.strip()).matches() || FORWARDED.matcher(line.strip()).matches()) {
      return toEnd(at, lines.skipBlank(at + 1));
    }
    boolean rule = line.length() >= 10 && line.chars().allMatch(c -> c == '_' || c == '-');
    int fields = rule ? lines.skipBlank(at + 1) : at;
    return (rule ? fields - at <= 3 : at > 0) && isHead(fields, rule) ? toEnd(at, fields) : at;
  }

  private boolean isHead(int at, boolean separated) {
    if (!FROM_FIELD.matcher(lines.form(at)).matches()) {
      return false;
    }
    boolean sent = false;
    boolean subject = false;
    for (int i = at + 1; i < at + FIELDS && !lines.isBlank(i); i++) {
      String line = lines.form(i);
      sent |= SENT_FIELD.matcher(line).matches();
      subject |= SUBJECT_FIELD.matcher(line).matches();
    }
    return sent && (subject || separated);
  }

  /**
   * To the end of the text, or to where the other message says that it ends; where its lines are
   * marked, only as far as they are.
   */
  private int toEnd(int at, int fields) {
    int body = fields;
    while (body < lines.count() && body < fields + FIELDS + 4 && !lines.isBlank(body)) {
      if (isMarked(body)) {
        break;
      }
      body++;
    }
    body = lines.skipBlank(body);
    if (isMarked(body)) {
      lines.mark(at, body, Kind.QUOTED);
      return body;
    }
    int i = body;
    while (i < lines.count() && !EndLines.isFooterRule(lines.at(i))) {
      if (FORWARD_END.matcher(lines.form(i)).matches()) {
        i++;
        break;
      }
      i++;
    }
    i = Math.min(i, lines.count());
    lines.mark(at, i, Kind.QUOTED);
    return Math.max(i, at + 1);
  }
}
