package org.milena.standalone.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.MessageId;

/**
 * Which page of a pipermail archive shows which message. Each page has a link to answer by mail,
 * and that names the message: {@code mailto:list%40host?Subject=…&In-Reply-To=%3Cid%40host%3E}.
 * Nothing else does, and the numbers of pages cannot be computed from the messages: they are in the
 * order in which the archive was built.
 */
public final class PipermailPages {
  private static final Pattern PAGE = Pattern.compile("\\d{6,}\\.html");
  private static final Pattern LINK =
      Pattern.compile("mailto:[^\"'>]{0,3000}?[?&](?:amp;)?In-Reply-To=([^\"'>&]{1,3000})");
  private static final int HEAD = 32 << 10;

  private final Map<String, Deque<String>> paths;
  private final List<String> nameless;

  private PipermailPages(Map<String, Deque<String>> paths, List<String> nameless) {
    this.paths = paths;
    this.nameless = nameless;
  }

  /**
   * Reads the first part of every page.
   *
   * @param folder of the list, with a folder for each month
   * @param base the path under which it was on the web: {@code /pipermail/users}
   */
  public static PipermailPages read(Path folder, String base) throws IOException {
    Map<String, Deque<String>> paths = new HashMap<>();
    List<String> nameless = new ArrayList<>();
    for (Path page : pages(folder)) {
      String path = base + "/" + folder.relativize(page).toString().replace('\\', '/');
      Optional<String> id = messageId(page);
      if (id.isPresent()) {
        paths.computeIfAbsent(id.get(), _ -> new ArrayDeque<>(1)).add(path);
      } else {
        nameless.add(path);
      }
    }
    return new PipermailPages(paths, nameless);
  }

  private static List<Path> pages(Path folder) throws IOException {
    try (Stream<Path> all =
        Files.find(
            folder,
            2,
            (file, facts) ->
                facts.isRegularFile() && PAGE.matcher(MboxSource.name(file)).matches())) {
      return all.sorted(Comparator.comparing(MboxSource::name)).toList();
    }
  }

  private static Optional<String> messageId(Path page) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(page)) {
      head = in.readNBytes(HEAD);
    }
    Matcher link = LINK.matcher(new String(head, StandardCharsets.ISO_8859_1));
    return link.find()
        ? decoded(link.group(1)).flatMap(MessageId::parse).map(MessageId::value)
        : Optional.empty();
  }

  private static Optional<String> decoded(String escaped) {
    String text =
        escaped
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&amp;", "&")
            .replace("+", "%2B");
    try {
      return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // a percent sign that escapes nothing
    }
  }

  /** How many pages there are. */
  public int size() {
    return paths.values().stream().mapToInt(Deque::size).sum() + nameless.size();
  }

  /** Gives each message the path of its page on the way to a receiver. */
  PostSource.Receiver naming(PostSource.Receiver receiver) {
    return new PostSource.Receiver() {
      @Override
      public void post(SourcePost post) {
        receiver.post(take(post).map(path -> post.withUrls(List.of(path))).orElse(post));
      }

      @Override
      public void odd(SourceOdd kind, String place, String text) {
        receiver.odd(kind, place, text);
      }

      @Override
      public void progress(long done) {
        receiver.progress(done);
      }
    };
  }

  /** Of several messages under one id the first gets the first page. */
  private Optional<String> take(SourcePost post) {
    return HeaderBlock.of(post.raw())
        .first("Message-ID")
        .flatMap(field -> MessageId.parse(field.value()))
        .map(id -> paths.get(id.value()))
        .map(Deque::poll);
  }

  /** Tells of pages that no message was found for. */
  void tellUnused(PostSource.Receiver receiver) {
    nameless.forEach(
        path -> receiver.odd(SourceOdd.PAGE_WITHOUT_MESSAGE, path, "it names no Message-ID"));
    paths.forEach((id, left) ->
        left.forEach(
            path -> receiver.odd(SourceOdd.PAGE_WITHOUT_MESSAGE, path, "there is no " + id)));
  }
}
