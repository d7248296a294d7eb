package org.milena.scanner.builtin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.milena.common.event.ScanReport.Objection;
import org.milena.scanner.scan.ShownText;

/**
 * One walk through all that a message holds: its parts, the messages in it, files in archives and
 * in uuencoded text. Everything is read as a stream, once, from front to end.
 */
final class ContentWalk {

  /** Wider than the parser's default, which refuses real mail, and narrower than none. */
  private static final MimeConfig CONFIG =
      MimeConfig.custom()
          .setMaxLineLen(100_000)
          .setMaxHeaderLen(100_000)
          .setMaxHeaderCount(2_000)
          .setMaxContentLen(-1)
          .build();

  private final AttachmentPolicy policy;
  private final Budget budget;
  private final Findings findings = new Findings();
  private final FileCheck files;

  ContentWalk(AttachmentPolicy policy, Budget budget) {
    this.policy = policy;
    this.budget = budget;
    this.files = new FileCheck(policy, budget, findings, this::nested);
  }

  /** Reads all of it, or up to a limit, or until it is known to be infected. */
  Findings walk(InputStream message) {
    try {
      message(budget.timed(message));
    } catch (LimitException e) {
      findings.unscannable(String.valueOf(e.getMessage()));
    } catch (IOException | MimeException e) {
      findings.unscannable(
          "not readable as a message: " + ShownText.of(String.valueOf(e.getMessage())));
    } finally {
      budget.close();
    }
    return findings;
  }

  private void message(InputStream in) throws IOException, MimeException {
    var stream = new MimeTokenStream(CONFIG);
    // parts are walked all the same; a message in a message comes as a part like any other
    stream.setRecursionMode(RecursionMode.M_NO_RECURSE);
    stream.parse(in);
    Set<String> names = new LinkedHashSet<>();
    boolean saysMultipart = false;
    int entered = 0;
    for (EntityState state = stream.getState();
        state != EntityState.T_END_OF_STREAM && !findings.settled();
        state = stream.next()) {
      switch (state) {
        case T_START_MESSAGE, T_START_MULTIPART -> {
          budget.enter();
          entered++;
        }
        case T_END_MESSAGE, T_END_MULTIPART -> {
          budget.leave();
          entered--;
        }
        case T_START_BODYPART -> budget.part();
        case T_START_HEADER -> {
          names.clear();
          saysMultipart = false;
        }
        case T_FIELD -> {
          field(stream.getField(), names);
          saysMultipart |= saysMultipart(stream.getField());
        }
        case T_BODY -> {
          String type = stream.getBodyDescriptor().getMimeType();
          if (saysMultipart) {
            files.beside(stream.getDecodedInputStream()); // the parser found no boundary
          } else {
            leaf(names, type, stream.getDecodedInputStream());
          }
        }
        case T_PREAMBLE, T_EPILOGUE -> files.beside(stream.getInputStream());
        default -> {
          // the other states carry nothing to look at
        }
      }
    }
    for (; entered > 0; entered--) {
      budget.leave();
    }
  }

  private static boolean saysMultipart(Field field) {
    return field.getName().equalsIgnoreCase("Content-Type")
        && String.valueOf(field.getBody()).strip().regionMatches(true, 0, "multipart/", 0, 10);
  }

  private static void field(Field field, Set<String> names) throws LimitException {
    if (field.getName().equalsIgnoreCase("Content-Disposition")
        || field.getName().equalsIgnoreCase("Content-Type")) {
      AttachmentNames.collect(String.valueOf(field.getBody()), names);
    }
  }

  private void leaf(Set<String> names, String type, InputStream content)
      throws IOException, MimeException {
    for (String name : names) {
      policy
          .objectionToAttachment(name)
          .ifPresent(reason -> findings.policy(Objection.ATTACHMENT, reason));
    }
    if (type.equalsIgnoreCase("message/partial")) {
      findings.policy(
          Objection.PARTIAL,
          "a message in pieces (message/partial) cannot be scanned piece by piece");
    }
    boolean isMessage =
        type.toLowerCase(Locale.ROOT).startsWith("message/")
            || names.stream().anyMatch(FileCheck::isMessageName);
    Claim claim = Claim.attachment(names, type);
    if (isMessage) {
      files.message(claim, content);
    } else {
      files.attachment(claim, content);
    }
  }

  /** A message in this one, or in a file. */
  private void nested(InputStream content) throws IOException, MimeException {
    budget.part();
    message(content);
    if (!findings.settled()) {
      content.transferTo(OutputStream.nullOutputStream());
    }
  }
}
