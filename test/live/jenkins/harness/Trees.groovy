import java.nio.file.FileVisitResult
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.SimpleFileVisitor
import java.nio.file.attribute.BasicFileAttributes

/** Directories with all that is in them. Groovy's own deleteDir() follows symbolic links out of them; this never does. */
class Trees {
    static void delete(File root) {
        if (!Files.exists(root.toPath())) return
        Files.walkFileTree(root.toPath(), new SimpleFileVisitor<Path>() {
            FileVisitResult visitFile(Path file, BasicFileAttributes attributes) { Files.delete(file); FileVisitResult.CONTINUE }
            FileVisitResult postVisitDirectory(Path directory, IOException e) { Files.delete(directory); FileVisitResult.CONTINUE }
        })
    }

    static void copy(File from, File to) {
        Path source = from.toPath()
        Path goal = to.toPath()
        Files.walkFileTree(source, new SimpleFileVisitor<Path>() {
            FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) { Files.createDirectories(goal.resolve(source.relativize(directory).toString())); FileVisitResult.CONTINUE }
            FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                Files.copy(file, goal.resolve(source.relativize(file).toString()), java.nio.file.LinkOption.NOFOLLOW_LINKS, java.nio.file.StandardCopyOption.REPLACE_EXISTING, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES)
                FileVisitResult.CONTINUE
            }
        })
    }
}
