package org.milena.standalone.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a source gave. */
final class Read implements PostSource.Receiver {
  final List<SourcePost> posts = new ArrayList<>();
  final List<String> odd = new ArrayList<>();
  long progress;

  static Read of(PostSource source) throws IOException {
    Read read = new Read();
    source.read(read);
    return read;
  }

  List<String> texts() {
    return posts.stream()
        .map(post -> new String(post.raw().toByteArray(), StandardCharsets.ISO_8859_1))
        .toList();
  }

  @Override
  public void post(SourcePost post) {
    posts.add(post);
  }

  @Override
  public void odd(SourceOdd kind, String place, String text) {
    odd.add(kind + " " + place + ": " + text);
  }

  @Override
  public void progress(long done) {
    progress = done;
  }
}
