package org.milena.standalone.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A file of members on its way to a list, some lines at a time: so the progress shown is what the
 * server has done, and an error in the middle loses nothing of what is before.
 */
final class MemberUpload {

  private static final int LINES = 4_000;

  private final Api api;
  private final String path;

  MemberUpload(Api api, String list, String role) {
    this.api = api;
    this.path = Api.path("lists", list, "members", "import") + "?role=" + Api.escape(role);
  }

  /** Sends it all and adds up the server's reports. */
  ObjectNode send(Path file, Progress progress) {
    Sum sum = new Sum();
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      long size = Files.size(file);
      long done = 0;
      StringBuilder part = new StringBuilder();
      int lines = 0;
      String heading = null;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (heading == null && !line.isBlank() && !line.startsWith("#")) {
          // a heading has no address; it names the columns of every part
          heading = line.indexOf('@') < 0 ? line + "\n" : "";
        }
        part.append(line).append('\n');
        if (++lines == LINES) {
          done += part.length();
          sum.add(post(part), sum.lines > 0 && !"".equals(heading));
          lines = 0;
          progress.at(done, size);
          part.append(heading == null ? "" : heading);
        }
      }
      if (lines > 0) {
        sum.add(post(part), sum.lines > 0 && !"".equals(heading));
      }
      progress.done();
      return sum.all();
    } catch (NoSuchFileException e) {
      throw new CliFailure("There is no file %s.".formatted(file), e);
    } catch (CharacterCodingException e) {
      throw new CliFailure("%s is not a text in UTF-8.".formatted(file), e);
    } catch (IOException e) {
      throw new CliFailure("%s cannot be read: %s.".formatted(file, e), e);
    }
  }

  private JsonNode post(StringBuilder part) {
    JsonNode report = api.post(path, part.toString(), "text/plain;charset=UTF-8");
    part.setLength(0);
    return report;
  }

  /** The reports of all parts as one. */
  private static final class Sum {
    private int lines;
    private int members;
    private int changed;
    private int badLines;
    private final ObjectNode all = Api.object();
    private final ArrayNode bad = all.putArray("bad");

    /**
     * Adds a report.
     *
     * @param again whether the heading was sent again as the first line
     */
    void add(JsonNode report, boolean again) {
      int before = again ? lines - 1 : lines;
      report
          .path("bad")
          .forEach(line ->
              bad.addObject()
                  .put("line", before + line.path("line").asInt())
                  .put("reason", line.path("reason").asString("")));
      lines = before + report.path("lines").asInt();
      members += report.path("members").asInt();
      changed += report.path("changed").asInt();
      badLines += report.path("badLines").asInt();
    }

    ObjectNode all() {
      return all.put("lines", lines)
          .put("members", members)
          .put("changed", changed)
          .put("badLines", badLines);
    }
  }
}
