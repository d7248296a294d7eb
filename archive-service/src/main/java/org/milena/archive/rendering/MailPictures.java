package org.milena.archive.rendering;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;
import org.milena.archive.rendering.HtmlParts.CidUrl;
import org.milena.archive.rendering.HtmlParts.Named;
import org.milena.common.mail.RawMessage;
import org.milena.common.mime.MimeWalker;
import org.milena.common.mime.PartHeader;
import org.milena.common.mime.PartVisitor;

/**
 * Puts the pictures that a mail brings where its HTML names them; of all others their words stay.
 *
 * <p>Bounded are the octets and the pixels of one and of all that are shown, each as often as it is
 * shown: a page may name one picture ten thousand times. All together they are never larger than
 * the whole message: it has room for each of its pictures once and for some small ones again, and
 * no small message makes a large page.
 */
final class MailPictures {

  /** Octets of all pictures on a page. */
  static final int MAX_OCTETS = 4 << 20;

  /** Pixels of all pictures on a page. */
  static final long MAX_PIXELS = 2 * Picture.MAX_PIXELS;

  /** Of more pictures than this nobody reads why they are not there. */
  private static final int MAX_HINTS = 100;

  private final HtmlParts parts;
  private final RenderingWords words;
  private final Map<String, Picture> own = new HashMap<>();
  private int room;
  private int octets;
  private long pixels;
  private int elsewhere;
  private int unshown;

  MailPictures(HtmlParts parts, RenderingWords words) {
    this.parts = parts;
    this.words = words;
  }

  /** Changes all pictures of the page. */
  void put(Document page, RawMessage message) {
    room = Math.min(MAX_OCTETS, message.size());
    List<Element> images = page.select("img");
    Set<String> wanted = new HashSet<>();
    for (Element image : images) {
      Named named = parts.named(source(image));
      if (named != null) {
        wanted.add(named.path());
      }
    }
    if (!wanted.isEmpty()) {
      List<String> unused = new MimeWalker(new Reading(wanted)).walk(message);
    }
    images.forEach(this::put);
  }

  private static String source(Element image) {
    return image.attr("src").strip();
  }

  private void put(Element image) {
    String source = source(image);
    Named named = parts.named(source);
    boolean inside = named != null || Picture.isData(source);
    Optional<Picture> picture =
        named == null
            ? inside ? Picture.ofData(source) : Optional.empty()
            : Optional.ofNullable(own.get(named.path()));
    if (picture.isPresent() && fits(picture.get())) {
      octets += picture.get().octets();
      pixels += picture.get().pixels();
      image.attr("src", picture.get().url());
    } else if (inside || CidUrl.is(source)) {
      leaveOut(image, named);
    } else {
      elsewhere += isSeen(image) ? 1 : 0;
      image.replaceWith(new TextNode(image.attr("alt")));
    }
  }

  private boolean fits(Picture picture) {
    return octets + picture.octets() <= room && pixels + picture.pixels() <= MAX_PIXELS;
  }

  private void leaveOut(Element image, @Nullable Named named) {
    String text = image.attr("alt").strip();
    if (isSeen(image)) {
      unshown++;
      if (unshown <= MAX_HINTS) {
        String hint = named == null ? words.pictureNotShown() : words.pictureAttached(named.name());
        text = (text.isEmpty() ? "" : text + " ") + "[" + hint + "]";
      }
    }
    image.replaceWith(new TextNode(text));
  }

  /** A picture of one point counts who reads a mail, and shows nothing. */
  private static boolean isSeen(Element image) {
    return !image.attr("width").matches("[01](px)?") && !image.attr("height").matches("[01](px)?");
  }

  /** How many were not in the mail. */
  int elsewhere() {
    return elsewhere;
  }

  /** How many were named as being in the mail, and are not shown. */
  int unshown() {
    return unshown;
  }

  /** Takes the parts that are wanted, whatever type they claim, as far as there is room. */
  private final class Reading implements PartVisitor {
    private final Set<String> wanted;
    private int held;

    Reading(Set<String> wanted) {
      this.wanted = wanted;
    }

    @Override
    public boolean part(PartHeader header, InputStream content) throws IOException {
      if (wanted.remove(header.path())) {
        Picture.of(MimeWalker.read(content, Picture.MAX_OCTETS + 1))
            .filter(picture -> held + picture.octets() <= MAX_OCTETS)
            .ifPresent(picture -> {
              held += picture.octets();
              own.put(header.path(), picture);
            });
      }
      return !wanted.isEmpty();
    }
  }
}
