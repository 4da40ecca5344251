package dev.dromedary.console;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real Chromium without a window, on the page of a console. */
public final class Browser implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(50);

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts one; the test is skipped, with a word why, where none is installed. */
  public static Browser open() {
    Optional<Path> chromium = program("chromium", "chromium-browser", "google-chrome");
    Optional<Path> chromedriver = program("chromedriver");
    Assumptions.assumeTrue(
        chromium.isPresent() && chromedriver.isPresent(),
        "no Chromium here: apt-get install chromium chromium-driver, as .ci/run does");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.orElseThrow().toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        "--lang=en-GB",
        "--force-color-profile=srgb");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver.orElseThrow().toFile())
            .usingAnyFreePort()
            .withSilent(true)
            .build();
    Browser browser = new Browser(new ChromeDriver(service, options));
    browser.size(1440, 1000);
    return browser;
  }

  /** Returns the browser itself. */
  public WebDriver driver() {
    return driver;
  }

  /** Makes the window as large. */
  public void size(int width, int height) {
    driver.manage().window().setSize(new Dimension(width, height));
  }

  /** Shows the page as a screen of so many pixels does, whatever the window takes of it. */
  public void show(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
  }

  /** Shows the page as large as the window is. */
  public void showAsIs() {
    driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
  }

  /** Waits for an element that matches, and is not hidden. */
  public WebElement find(String css) {
    return new WebDriverWait(driver, LIMIT, LOOK)
        .withMessage("expected to see " + css)
        .until(
            d ->
                d.findElements(By.cssSelector(css)).stream()
                    .filter(Browser::isShown)
                    .findFirst()
                    .orElse(null));
  }

  /** Waits until nothing matches. */
  public void awaitGone(String css) {
    new WebDriverWait(driver, LIMIT, LOOK)
        .withMessage("expected no longer to see " + css)
        .until(d -> d.findElements(By.cssSelector(css)).stream().noneMatch(Browser::isShown));
  }

  /** Waits until an element shows a text. */
  public void awaitText(String css, String text) {
    new WebDriverWait(driver, LIMIT, LOOK)
        .withMessage(() -> "expected '" + text + "' in " + css + ", found " + texts(css))
        .until(d -> texts(css).stream().anyMatch(found -> found.contains(text)));
  }

  /** Returns what every element that matches shows. */
  public List<String> texts(String css) {
    try {
      return driver.findElements(By.cssSelector(css)).stream().map(WebElement::getText).toList();
    } catch (StaleElementReferenceException changed) {
      return List.of();
    }
  }

  /** Puts a text where another may stand. */
  public void type(String css, String text) {
    WebElement field = find(css);
    // clearing it would take the focus away, and the page then writes what holds into it
    field.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE, text);
  }

  /** Returns the value of a script. */
  public Object run(String script, Object... arguments) {
    return String.valueOf(driver.executeScript(script, arguments));
  }

  /** Returns what the page complained of: scripts that failed, content that was refused. */
  public List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /** Returns a picture of the page. */
  public byte[] picture() {
    return driver.getScreenshotAs(OutputType.BYTES);
  }

  @Override
  public void close() {
    driver.quit();
  }

  private static boolean isShown(WebElement element) {
    try {
      return element.isDisplayed();
    } catch (StaleElementReferenceException changed) {
      return false;
    }
  }

  private static Optional<Path> program(String... names) {
    return Stream.of(names)
        .flatMap(name -> Stream.of("/usr/bin/", "/usr/local/bin/").map(place -> place + name))
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }
}
