package org.milena.archive.message;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.milena.archive.message.TextBlock.Kind;

/**
 * The id that git gives a patch whatever its line numbers, its white space and the order of its
 * files (git-patch-id(1), {@code --stable}): the sum of one SHA-1 a file, of its lines without
 * white space.
 */
final class PatchId {
  private static final Pattern BLOBS = Pattern.compile("index ([^. ]+)\\.\\.([^ ]+).*");

  private final MessageDigest digest;
  private final byte[] sum = new byte[20];
  private String before = "";
  private String after = "";
  private boolean begun;
  private boolean ended;
  private boolean binary;
  private boolean named;

  PatchId() {
    try {
      digest = MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }

  /** Takes the next block of the text. */
  void add(TextBlock block) {
    if (ended) {
      return;
    }
    if (!block.kind().isDiff()) {
      ended = begun;
      return;
    }
    if (block.kind() == Kind.DIFF_HUNK) {
      return;
    }
    for (String line : block.text().split("\n", -1)) {
      if (block.kind() == Kind.DIFF_HEAD) {
        head(line);
      } else if (begun && !line.startsWith("\\ ")) {
        hash(line);
      }
    }
  }

  private void head(String line) {
    if (ended || (!begun && !line.startsWith("diff "))) {
      return;
    }
    Matcher blobs = BLOBS.matcher(line);
    if (binary) {
      // what a binary file holds is in the ids of its blobs; git passes over the line behind it too
      binary = !line.startsWith("diff ");
    } else if (line.startsWith("diff ")) {
      if (named) {
        endFile();
      }
      begun = true;
      hash(line);
    } else if (line.startsWith("GIT binary patch") || line.startsWith("Binary files")) {
      hash(before);
      hash(after);
      endFile();
      binary = true;
    } else if (blobs.matches()) {
      before = blobs.group(1);
      after = blobs.group(2);
    } else if (line.isEmpty()) {
      ended = true;
    } else {
      named |= line.startsWith("--- ");
      hash(line);
    }
  }

  private void hash(String line) {
    StringBuilder bare = new StringBuilder(line.length());
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c != ' ' && (c < '\t' || c > '\r')) {
        bare.append(c);
      }
    }
    digest.update(bare.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void endFile() {
    byte[] file = digest.digest();
    int carry = 0;
    for (int i = 0; i < sum.length; i++) {
      carry += (sum[i] & 0xFF) + (file[i] & 0xFF);
      sum[i] = (byte) carry;
      carry >>= 8;
    }
    named = false;
  }

  /** Empty where there was no patch. To be asked once, behind the last block. */
  Optional<String> value() {
    if (!begun) {
      return Optional.empty();
    }
    endFile();
    return Optional.of(HexFormat.of().formatHex(sum));
  }
}
