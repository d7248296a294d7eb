package org.milena.listexpander.web;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.milena.common.command.ListCommand;
import org.milena.common.command.MemberChange;
import org.milena.common.command.MemberChange.NewMember;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.RoleNames;
import org.milena.listexpander.membership.MemberLines;
import org.milena.listexpander.membership.MemberLines.Line;

/** Puts a file of members on a list, some thousand at a time. */
public final class MemberImport {
  /** Members of one command: its record stays small, and other commands get their turn. */
  private static final int CHUNK = 2_000;

  private static final int MAX_REPORTED = 1_000;

  private final Directory directory;
  private final CommandSender commands;

  public MemberImport(Directory directory, CommandSender commands) {
    this.directory = directory;
    this.commands = commands;
  }

  /**
   * What became of a file.
   *
   * @param lines in the file
   * @param members lines that named somebody
   * @param changed of those, how many were new or are other than before
   * @param bad lines that could not be read, up to a thousand of them
   * @param badLines how many there were
   */
  record Report(int lines, int members, int changed, int badLines, List<BadLine> bad) {}

  /** A line that could not be read. */
  record BadLine(int line, String reason) {}

  Report run(MailingList list, MemberRole role, Reader body) throws IOException {
    MemberLines reader = new MemberLines();
    BoundedLines file = new BoundedLines(body, MemberLines.MAX_LINE);
    Map<String, NewMember> chunk = new LinkedHashMap<>();
    List<BadLine> bad = new ArrayList<>();
    int lines = 0;
    int members = 0;
    int badLines = 0;
    int changed = 0;
    for (String text = file.next(); text != null; text = file.next()) {
      lines++;
      switch (line(list, reader.next(text))) {
        case Line.Nothing() -> {}
        case Line.Bad(var reason) -> {
          badLines++;
          if (bad.size() < MAX_REPORTED) {
            bad.add(new BadLine(lines, reason));
          }
        }
        case Line.Somebody somebody -> {
          members++;
          chunk.put(somebody.address().key(), member(list, somebody, role));
        }
      }
      if (chunk.size() == CHUNK) {
        changed += send(list, chunk);
      }
    }
    changed += send(list, chunk);
    return new Report(lines, members, changed, badLines, bad);
  }

  private static Line line(MailingList list, Line line) {
    return line instanceof Line.Somebody somebody
            && RoleNames.belongsTo(list.address(), somebody.address())
        ? new Line.Bad(somebody.address() + " is an address of this list itself.")
        : line;
  }

  /** Who is there keeps the other roles, and what the file does not say. */
  private NewMember member(MailingList list, Line.Somebody somebody, MemberRole role) {
    Set<MemberRole> roles =
        new HashSet<>(somebody.roles().isEmpty() ? Set.of(role) : somebody.roles());
    Member before = directory.member(list.id(), somebody.address()).orElse(null);
    if (before == null) {
      return new NewMember(
          somebody.address(),
          somebody.displayName(),
          roles,
          somebody.action(),
          null,
          somebody.options());
    }
    boolean asMember = roles.contains(MemberRole.MEMBER);
    roles.addAll(before.roles());
    return new NewMember(
        before.address(),
        somebody.displayName().isEmpty() ? before.displayName() : somebody.displayName(),
        roles,
        somebody.action() == null ? before.action() : somebody.action(),
        null,
        somebody.options(),
        !asMember);
  }

  private int send(MailingList list, Map<String, NewMember> chunk) {
    if (chunk.isEmpty()) {
      return 0;
    }
    ListCommand put = new MemberChange.PutMembers(List.copyOf(chunk.values()));
    chunk.clear();
    return commands.send(list.id(), put).changed();
  }
}
