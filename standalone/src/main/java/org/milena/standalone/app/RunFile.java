package org.milena.standalone.app;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Properties;

/** Where a running server listens, for the commands typed beside it; gone when it is stopped. */
record RunFile(Path file) {

  static RunFile in(Path dataFolder) {
    return new RunFile(dataFolder.resolve("milena.run"));
  }

  /** Written beside and moved, so that nobody reads half of it. */
  void write(Map<String, String> facts) {
    Properties properties = new Properties();
    properties.putAll(facts);
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    try {
      StringWriter text = new StringWriter();
      properties.store(text, "written by the running server");
      Files.writeString(draft, text.toString(), StandardCharsets.UTF_8);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written", e);
    }
  }

  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be deleted", e);
    }
  }
}
