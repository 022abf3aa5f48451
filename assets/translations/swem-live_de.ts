<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>ActionHandlers</name>
    <message>
        <source>Press %1 to track what is marked, or %2 to discard it.</source>
        <translation>Mit %1 Markiertes verfolgen oder mit %2 verwerfen.</translation>
    </message>
    <message>
        <source>This view protects privacy, so the original picture is not shown.</source>
        <translation>Diese Ansicht schützt Privates, daher wird das Originalbild nicht gezeigt.</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>“%1”</source>
        <translation>„%1“</translation>
    </message>
    <message>
        <source>Everything is hidden until an object is tracked, and while an object is lost.</source>
        <translation>Alles bleibt verborgen, bis ein Objekt verfolgt wird, und solange eines verloren ist.</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>Overlay</translation>
    </message>
    <message>
        <source>Tint the objects in their colours</source>
        <translation>Objekte in ihren Farben einfärben</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>Kontur</translation>
    </message>
    <message>
        <source>Draw only the edges of the objects</source>
        <translation>Nur die Ränder der Objekte zeichnen</translation>
    </message>
    <message>
        <source>Cut-out</source>
        <translation>Freigestellt</translation>
    </message>
    <message>
        <source>Only the objects; recordings and pictures are transparent around them</source>
        <translation>Nur die Objekte; Aufnahmen und Bilder sind um sie herum transparent</translation>
    </message>
    <message>
        <source>Blurred background</source>
        <translation>Hintergrund unscharf</translation>
    </message>
    <message>
        <source>Sharp objects in front of a blurred background</source>
        <translation>Objekte scharf vor unscharfem Hintergrund</translation>
    </message>
    <message>
        <source>Picture background</source>
        <translation>Bild als Hintergrund</translation>
    </message>
    <message>
        <source>The objects in front of a picture of your own</source>
        <translation>Objekte vor einem eigenen Bild</translation>
    </message>
    <message>
        <source>Colour background</source>
        <translation>Farbe als Hintergrund</translation>
    </message>
    <message>
        <source>The objects in front of one colour, for instance a green screen</source>
        <translation>Objekte vor einer Farbe, zum Beispiel für Greenscreen</translation>
    </message>
    <message>
        <source>Hide the objects</source>
        <translation>Objekte verbergen</translation>
    </message>
    <message>
        <source>Privacy: a mosaic over every tracked object, in recordings too</source>
        <translation>Datenschutz: Mosaik über jedem verfolgten Objekt, auch in Aufnahmen</translation>
    </message>
    <message>
        <source>Hide everything else</source>
        <translation>Alles andere verbergen</translation>
    </message>
    <message>
        <source>Privacy: a mosaic over everything but the objects, in recordings too</source>
        <translation>Datenschutz: Mosaik über allem außer den Objekten, auch in Aufnahmen</translation>
    </message>
    <message>
        <source>Original picture</source>
        <translation>Originalbild</translation>
    </message>
    <message>
        <source>The picture as it came; objects are still tracked</source>
        <translation>Das Bild, wie es ankommt; Objekte werden trotzdem verfolgt</translation>
    </message>
    <message>
        <source>Object %1</source>
        <translation>Objekt %1</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Markieren</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Objekte</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>Datei öffnen …</translation>
    </message>
    <message>
        <source>Open a video file; or drop one on the window</source>
        <translation>Videodatei öffnen; oder eine Datei auf das Fenster ziehen</translation>
    </message>
    <message>
        <source>Open webcam</source>
        <translation>Webcam öffnen</translation>
    </message>
    <message>
        <source>Use a camera of this computer</source>
        <translation>Eine Kamera dieses Rechners verwenden</translation>
    </message>
    <message>
        <source>Open stream address…</source>
        <translation>Stream-Adresse öffnen …</translation>
    </message>
    <message>
        <source>Use a network camera or stream (rtsp, http, hls)</source>
        <translation>Netzwerkkamera oder Stream verwenden (rtsp, http, hls)</translation>
    </message>
    <message>
        <source>Open screen</source>
        <translation>Bildschirm öffnen</translation>
    </message>
    <message>
        <source>Use this computer&apos;s screen, or a part of it</source>
        <translation>Den Bildschirm dieses Rechners oder einen Teil davon verwenden</translation>
    </message>
    <message>
        <source>Pause file</source>
        <translation>Datei anhalten</translation>
    </message>
    <message>
        <source>Pause or play the file; live sources always run on</source>
        <translation>Datei anhalten oder abspielen; Livequellen laufen immer weiter</translation>
    </message>
    <message>
        <source>Back 5 seconds</source>
        <translation>5 Sekunden zurück</translation>
    </message>
    <message>
        <source>Go back 5 seconds in the file; objects stay tracked</source>
        <translation>In der Datei 5 Sekunden zurückgehen; Objekte bleiben verfolgt</translation>
    </message>
    <message>
        <source>Forward 5 seconds</source>
        <translation>5 Sekunden vor</translation>
    </message>
    <message>
        <source>Go forward 5 seconds in the file; objects stay tracked</source>
        <translation>In der Datei 5 Sekunden vorgehen; Objekte bleiben verfolgt</translation>
    </message>
    <message>
        <source>Go to the start</source>
        <translation>Zum Anfang</translation>
    </message>
    <message>
        <source>Go to the first frame of the file; objects stay tracked</source>
        <translation>Zum ersten Bild der Datei gehen; Objekte bleiben verfolgt</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>Endlos wiederholen</translation>
    </message>
    <message>
        <source>Start the file again at its end</source>
        <translation>Datei am Ende von vorn beginnen</translation>
    </message>
    <message>
        <source>Open session…</source>
        <translation>Sitzung öffnen …</translation>
    </message>
    <message>
        <source>Resume a saved session: its source, objects and their memory</source>
        <translation>Gespeicherte Sitzung fortsetzen: Quelle, Objekte und ihr Gedächtnis</translation>
    </message>
    <message>
        <source>Save session…</source>
        <translation>Sitzung speichern …</translation>
    </message>
    <message>
        <source>Save source, objects and their memory to a file, to resume later</source>
        <translation>Quelle, Objekte und ihr Gedächtnis sichern, um später weiterzumachen</translation>
    </message>
    <message>
        <source>Close source</source>
        <translation>Quelle schließen</translation>
    </message>
    <message>
        <source>Stop and go back to the start page</source>
        <translation>Anhalten und zur Startseite zurückkehren</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Finish any recording and quit</source>
        <translation>Laufende Aufnahme abschließen und beenden</translation>
    </message>
    <message>
        <source>Click</source>
        <translation>Klick</translation>
    </message>
    <message>
        <source>Left-click adds to the object, right-click takes away</source>
        <translation>Linksklick fügt zum Objekt hinzu, Rechtsklick nimmt weg</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>Rahmen</translation>
    </message>
    <message>
        <source>Drag a box around the object; with the right button, around other things</source>
        <translation>Rahmen um das Objekt ziehen; mit rechts um das, was nicht dazugehört</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>Lasso</translation>
    </message>
    <message>
        <source>Draw around the object; with the right button, around other things</source>
        <translation>Das Objekt umfahren; mit rechts das, was nicht dazugehört</translation>
    </message>
    <message>
        <source>Scribble</source>
        <translation>Strich</translation>
    </message>
    <message>
        <source>Draw roughly through the object; with the right button, beside it</source>
        <translation>Grob durch das Objekt streichen; mit rechts daneben</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>Pinsel</translation>
    </message>
    <message>
        <source>Paint the object exactly; the wheel changes the brush size</source>
        <translation>Das Objekt genau ausmalen; das Mausrad ändert die Größe</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>Radierer</translation>
    </message>
    <message>
        <source>Erase parts exactly; the wheel changes the size</source>
        <translation>Teile genau wegradieren; das Mausrad ändert die Größe</translation>
    </message>
    <message>
        <source>Smaller brush</source>
        <translation>Pinsel kleiner</translation>
    </message>
    <message>
        <source>Make brush and eraser smaller</source>
        <translation>Pinsel und Radierer verkleinern</translation>
    </message>
    <message>
        <source>Larger brush</source>
        <translation>Pinsel größer</translation>
    </message>
    <message>
        <source>Make brush and eraser larger</source>
        <translation>Pinsel und Radierer vergrößern</translation>
    </message>
    <message>
        <source>Freeze picture</source>
        <translation>Bild einfrieren</translation>
    </message>
    <message>
        <source>Hold the picture for marking; press again to resume</source>
        <translation>Das Bild zum Markieren festhalten; noch einmal, um weiterzumachen</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>Einfrieren</translation>
    </message>
    <message>
        <source>Correct live</source>
        <translation>Live korrigieren</translation>
    </message>
    <message>
        <source>Marks correct the tracked object while the picture runs; off: they freeze it</source>
        <translation>Markierungen verbessern das Objekt im laufenden Bild; aus: sie frieren es ein</translation>
    </message>
    <message>
        <source>Track what is marked</source>
        <translation>Markiertes verfolgen</translation>
    </message>
    <message>
        <source>Accept the marks and track the objects live</source>
        <translation>Markierungen übernehmen und die Objekte live verfolgen</translation>
    </message>
    <message>
        <source>Track</source>
        <translation>Verfolgen</translation>
    </message>
    <message>
        <source>Discard the marks</source>
        <translation>Markierungen verwerfen</translation>
    </message>
    <message>
        <source>Discard the marks on this picture, or cancel opening a source</source>
        <translation>Markierungen auf diesem Bild verwerfen oder ein Öffnen abbrechen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Undo the last change</source>
        <translation>Letzte Änderung zurücknehmen</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Redo what was undone</source>
        <translation>Zurückgenommenes wieder ausführen</translation>
    </message>
    <message>
        <source>Add at the crosshair</source>
        <translation>Am Fadenkreuz hinzufügen</translation>
    </message>
    <message>
        <source>Use the tool at the crosshair, which the arrow keys move</source>
        <translation>Werkzeug am Fadenkreuz anwenden; die Pfeiltasten bewegen es</translation>
    </message>
    <message>
        <source>Take away at the crosshair</source>
        <translation>Am Fadenkreuz wegnehmen</translation>
    </message>
    <message>
        <source>The same as the right mouse button</source>
        <translation>Dasselbe wie mit der rechten Maustaste</translation>
    </message>
    <message>
        <source>Next mark</source>
        <translation>Nächste Markierung</translation>
    </message>
    <message>
        <source>Select the next numbered mark</source>
        <translation>Die nächste nummerierte Markierung wählen</translation>
    </message>
    <message>
        <source>Previous mark</source>
        <translation>Vorige Markierung</translation>
    </message>
    <message>
        <source>Select the previous numbered mark</source>
        <translation>Die vorige nummerierte Markierung wählen</translation>
    </message>
    <message>
        <source>Delete the selected mark</source>
        <translation>Gewählte Markierung löschen</translation>
    </message>
    <message>
        <source>Delete the mark under the mouse, or the selected one; also by Shift-click</source>
        <translation>Markierung unter der Maus oder die gewählte löschen; auch Umschalt und Klick darauf</translation>
    </message>
    <message>
        <source>Import marks…</source>
        <translation>Markierungen importieren …</translation>
    </message>
    <message>
        <source>Load masks (several PNGs: one object each) or a marks file; or drop them</source>
        <translation>Masken (von mehreren PNGs ist jedes ein Objekt) oder Markierungsdatei; auch durch Hereinziehen</translation>
    </message>
    <message>
        <source>Save marks…</source>
        <translation>Markierungen speichern …</translation>
    </message>
    <message>
        <source>Save the marks on the frozen picture, to import them later</source>
        <translation>Markierungen des eingefrorenen Bildes sichern, um sie wieder zu importieren</translation>
    </message>
    <message>
        <source>New object</source>
        <translation>Neues Objekt</translation>
    </message>
    <message>
        <source>The next mark starts another object</source>
        <translation>Die nächste Markierung beginnt ein weiteres Objekt</translation>
    </message>
    <message>
        <source>Remove object</source>
        <translation>Objekt entfernen</translation>
    </message>
    <message>
        <source>Stop tracking the selected object; on a numbered mark, delete the mark</source>
        <translation>Gewähltes Objekt nicht mehr verfolgen; auf einer Markierung: diese löschen</translation>
    </message>
    <message>
        <source>Lock object</source>
        <translation>Objekt sperren</translation>
    </message>
    <message>
        <source>Keep the selected object as it is: no mark changes it, it learns nothing</source>
        <translation>Gewähltes Objekt lassen, wie es ist: keine Markierung ändert es, es lernt nichts dazu</translation>
    </message>
    <message>
        <source>Hide object</source>
        <translation>Objekt ausblenden</translation>
    </message>
    <message>
        <source>Hide or show the selected object; it is tracked either way</source>
        <translation>Gewähltes Objekt nicht oder wieder zeichnen; verfolgt wird es trotzdem</translation>
    </message>
    <message>
        <source>Solo object</source>
        <translation>Objekt allein zeigen</translation>
    </message>
    <message>
        <source>Show only the selected object, or all again</source>
        <translation>Nur das gewählte Objekt zeichnen oder wieder alle</translation>
    </message>
    <message>
        <source>Rename object</source>
        <translation>Objekt umbenennen</translation>
    </message>
    <message>
        <source>Give the selected object another name</source>
        <translation>Dem gewählten Objekt einen anderen Namen geben</translation>
    </message>
    <message>
        <source>Object colour…</source>
        <translation>Farbe des Objekts …</translation>
    </message>
    <message>
        <source>Give the selected object another colour</source>
        <translation>Dem gewählten Objekt eine andere Farbe geben</translation>
    </message>
    <message>
        <source>Remove all objects</source>
        <translation>Alle Objekte entfernen</translation>
    </message>
    <message>
        <source>Forget everything and start over</source>
        <translation>Alles vergessen und von vorn beginnen</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>Record as set in the panel; press again to finish the file</source>
        <translation>Aufnehmen, was im Bedienfeld gewählt ist; noch einmal, um die Datei abzuschließen</translation>
    </message>
    <message>
        <source>Pause recording</source>
        <translation>Aufnahme unterbrechen</translation>
    </message>
    <message>
        <source>Leave out what comes now; press again to resume without a gap</source>
        <translation>Auslassen, was jetzt kommt; noch einmal, um lückenlos weiterzumachen</translation>
    </message>
    <message>
        <source>Continue in a new file</source>
        <translation>In neuer Datei fortsetzen</translation>
    </message>
    <message>
        <source>Finish this file and start the next, without losing a frame</source>
        <translation>Diese Datei abschließen und die nächste beginnen, ohne ein Bild zu verlieren</translation>
    </message>
    <message>
        <source>Keep the last 30 seconds</source>
        <translation>Letzte 30 Sekunden vorhalten</translation>
    </message>
    <message>
        <source>Keep what was just shown ready to save, without recording all the time</source>
        <translation>Eben Gezeigtes bereithalten, ohne ständig aufzunehmen</translation>
    </message>
    <message>
        <source>Save the last 30 seconds</source>
        <translation>Letzte 30 Sekunden speichern</translation>
    </message>
    <message>
        <source>Save what was just shown, with its masks</source>
        <translation>Eben Gezeigtes mit Masken speichern; es wird weiter vorgehalten</translation>
    </message>
    <message>
        <source>Take a snapshot</source>
        <translation>Bild speichern</translation>
    </message>
    <message>
        <source>Save the picture as shown, its mask, and the objects cut out</source>
        <translation>Das Bild wie gezeigt, die Maske und die freigestellten Objekte speichern</translation>
    </message>
    <message>
        <source>Virtual camera…</source>
        <translation>Virtuelle Kamera …</translation>
    </message>
    <message>
        <source>Let video calls and other programs use the picture as their camera</source>
        <translation>Videoanrufe und andere Programme das Bild als Kamera verwenden lassen</translation>
    </message>
    <message>
        <source>Save masks…</source>
        <translation>Masken speichern …</translation>
    </message>
    <message>
        <source>Save the masks as shown now as a palette PNG</source>
        <translation>Die jetzt gezeigten Masken als Paletten-PNG speichern</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>Ordner zeigen</translation>
    </message>
    <message>
        <source>Show where recordings and snapshots are saved</source>
        <translation>Zeigen, wo Aufnahmen und Bilder gespeichert werden</translation>
    </message>
    <message>
        <source>Hide overlay</source>
        <translation>Overlay ausblenden</translation>
    </message>
    <message>
        <source>Show the original picture; objects are still tracked</source>
        <translation>Das Originalbild zeigen; Objekte werden trotzdem verfolgt</translation>
    </message>
    <message>
        <source>Magnifier</source>
        <translation>Lupe</translation>
    </message>
    <message>
        <source>Enlarge what is under the cursor three times while marking</source>
        <translation>Beim Markieren dreifach vergrößern, was unter dem Zeiger liegt</translation>
    </message>
    <message>
        <source>Compare while held</source>
        <translation>Vergleichen, solange gedrückt</translation>
    </message>
    <message>
        <source>Show the original picture while the key is held; never in a recording</source>
        <translation>Das Originalbild zeigen, solange die Taste gedrückt ist; nie in Aufnahmen</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>Nebeneinander</translation>
    </message>
    <message>
        <source>The original picture with the view beside it, in recordings too</source>
        <translation>Das Originalbild und daneben die Ansicht; auch in Aufnahmen</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>Spiegeln</translation>
    </message>
    <message>
        <source>Swap left and right, in recordings too</source>
        <translation>Links und rechts vertauschen, auch in Aufnahmen</translation>
    </message>
    <message>
        <source>Turn by 90°</source>
        <translation>Um 90° drehen</translation>
    </message>
    <message>
        <source>Turn the picture clockwise, in recordings too</source>
        <translation>Das Bild im Uhrzeigersinn drehen, auch in Aufnahmen</translation>
    </message>
    <message>
        <source>Live figures</source>
        <translation>Messwerte</translation>
    </message>
    <message>
        <source>Rates, delay and memory: the main figures, all, or none; never in a recording</source>
        <translation>Raten, Verzögerung, Speicher: die wichtigsten, alle, keine; nie in Aufnahmen</translation>
    </message>
    <message>
        <source>Graph in the live figures</source>
        <translation>Verlauf in den Messwerten</translation>
    </message>
    <message>
        <source>Stage times of the last minute as coloured areas, memory as a line</source>
        <translation>Zeiten der letzten Minute je Schritt in Farben, der Speicher als Linie darüber</translation>
    </message>
    <message>
        <source>Side panel</source>
        <translation>Seitenleiste</translation>
    </message>
    <message>
        <source>Show or hide the side panel</source>
        <translation>Seitenleiste ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Move closer; also by wheel (with a brush: Ctrl + wheel) or pinch</source>
        <translation>Näher heran; auch mit dem Mausrad (beim Pinsel mit Strg) oder zwei Fingern</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Move away; the middle button drags the picture</source>
        <translation>Weiter weg; die mittlere Maustaste verschiebt das Bild</translation>
    </message>
    <message>
        <source>Fit picture</source>
        <translation>Bild einpassen</translation>
    </message>
    <message>
        <source>Show the whole picture; also by double-click with the middle button</source>
        <translation>Das ganze Bild zeigen; auch mit einem mittleren Doppelklick</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Show nothing but the picture; press again to return</source>
        <translation>Nur das Bild; noch einmal, um zurückzukehren</translation>
    </message>
    <message>
        <source>Preferences…</source>
        <translation>Einstellungen …</translation>
    </message>
    <message>
        <source>Language, theme, folder, device and more</source>
        <translation>Sprache, Farbschema, Ordner, Gerät und mehr</translation>
    </message>
    <message>
        <source>Keys and mouse</source>
        <translation>Tasten und Maus</translation>
    </message>
    <message>
        <source>All shortcuts at a glance</source>
        <translation>Alle Tastenkürzel auf einen Blick</translation>
    </message>
    <message>
        <source>Change keys…</source>
        <translation>Tasten ändern …</translation>
    </message>
    <message>
        <source>Choose other shortcuts</source>
        <translation>Andere Tastenkürzel wählen</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Copy versions, devices and the end of the log, to ask for help</source>
        <translation>Versionen, Geräte und das Ende des Protokolls, um Hilfe zu bekommen</translation>
    </message>
    <message>
        <source>Marks go to object %1</source>
        <translation>Markierungen gelten für Objekt %1</translation>
    </message>
</context>
<context>
    <name>Application</name>
    <message>
        <source>Something went wrong inside the program (%1). You can carry on; see the log.</source>
        <translation>Im Programm ist ein Fehler aufgetreten (%1). Es läuft weiter; Näheres steht im Protokoll.</translation>
    </message>
</context>
<context>
    <name>BackdropRow</name>
    <message>
        <source>Picture…</source>
        <translation>Bild …</translation>
    </message>
    <message>
        <source>Choose a picture</source>
        <translation>Bild wählen</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff)</source>
        <translation>Bilder (*.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff)</translation>
    </message>
    <message>
        <source>No picture chosen</source>
        <translation>Kein Bild gewählt</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>CameraChooser</name>
    <message>
        <source>No camera was found. Plug one in, allow access to it, and try again.</source>
        <translation>Keine Kamera gefunden. Eine anschließen, den Zugriff erlauben und noch einmal versuchen.</translation>
    </message>
</context>
<context>
    <name>CameraRow</name>
    <message>
        <source>Camera resolution</source>
        <translation>Größe des Kamerabilds</translation>
    </message>
    <message>
        <source>Camera frame rate</source>
        <translation>Bilder pro Sekunde der Kamera</translation>
    </message>
    <message>
        <source>Any size</source>
        <translation>Beliebige Größe</translation>
    </message>
    <message>
        <source>Any rate</source>
        <translation>Beliebige Rate</translation>
    </message>
</context>
<context>
    <name>ColorRow</name>
    <message>
        <source>Colour…</source>
        <translation>Farbe …</translation>
    </message>
</context>
<context>
    <name>ControlSync</name>
    <message>
        <source>FROZEN — mark “%3”, %1 to track, %2 to resume</source>
        <translation>EINGEFROREN – „%3“ markieren, %1 verfolgt, %2 geht weiter</translation>
    </message>
    <message>
        <source>Catching up… %1 of %2</source>
        <translation>Aufholen … %1 von %2</translation>
    </message>
    <message>
        <source>Out of sight: %1</source>
        <translation>Nicht zu sehen: %1</translation>
    </message>
</context>
<context>
    <name>ConversionRow</name>
    <message>
        <source>Progress of the conversion</source>
        <translation>Fortschritt der Umwandlung</translation>
    </message>
    <message>
        <source>Cancel the conversion; the recording is kept</source>
        <translation>Umwandlung abbrechen; die Aufnahme bleibt erhalten</translation>
    </message>
    <message>
        <source>Converting to %1: %2 %</source>
        <translation>Umwandeln in %1: %2 %</translation>
    </message>
</context>
<context>
    <name>EdgeSliders</name>
    <message>
        <source>Grow</source>
        <translation>Rand</translation>
    </message>
    <message>
        <source>Feather</source>
        <translation>Weichheit</translation>
    </message>
    <message>
        <source>Smooth</source>
        <translation>Ruhe</translation>
    </message>
</context>
<context>
    <name>EventRouter</name>
    <message>
        <source>Session saved: %1</source>
        <translation>Sitzung gespeichert: %1</translation>
    </message>
    <message>
        <source>Last seconds saved: %1</source>
        <translation>Die letzten Sekunden sind gespeichert: %1</translation>
    </message>
    <message>
        <source>“%1” corrected.</source>
        <translation>„%1“ ist korrigiert.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>tracking stopped</source>
        <translation>Verfolgung beendet</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>Noch einmal öffnen</translation>
    </message>
    <message>
        <source>Retrying in %1 s.</source>
        <translation>Neuer Versuch in %1 s.</translation>
    </message>
    <message>
        <source>No picture; reconnecting…</source>
        <translation>Keine Bilder; neuer Versuch …</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Zu Ende</translation>
    </message>
    <message>
        <source>The video has ended (%1 frames).</source>
        <translation>Das Video ist zu Ende (%1 Bilder).</translation>
    </message>
    <message>
        <source>Play again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Snapshot saved: %1</source>
        <translation>Bild gespeichert: %1</translation>
    </message>
    <message>
        <source>Recording saved: %1</source>
        <translation>Aufnahme gespeichert: %1</translation>
    </message>
    <message>
        <source>Nothing was recorded: %1</source>
        <translation>Nichts aufgenommen: %1</translation>
    </message>
    <message>
        <source>The recording ended early: %2 What was recorded is in %1.</source>
        <translation>Die Aufnahme endete vorzeitig: %2 Das Vorhandene liegt in %1.</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>Ordner zeigen</translation>
    </message>
</context>
<context>
    <name>Formats</name>
    <message>
        <source>H.264, Matroska</source>
        <translation>H.264, Matroska</translation>
    </message>
    <message>
        <source>the view as shown; safest against crashes</source>
        <translation>die Ansicht wie gezeigt; am absturzsichersten</translation>
    </message>
    <message>
        <source>H.264, MP4</source>
        <translation>H.264, MP4</translation>
    </message>
    <message>
        <source>the view as shown; plays everywhere</source>
        <translation>die Ansicht wie gezeigt; läuft überall</translation>
    </message>
    <message>
        <source>Alpha: QuickTime Animation</source>
        <translation>Alpha: QuickTime Animation</translation>
    </message>
    <message>
        <source>lossless, for video editors; large files</source>
        <translation>verlustfrei, für den Videoschnitt; große Dateien</translation>
    </message>
    <message>
        <source>Alpha: FFV1, Matroska</source>
        <translation>Alpha: FFV1, Matroska</translation>
    </message>
    <message>
        <source>lossless, smaller; slower to write</source>
        <translation>verlustfrei, kleiner; langsamer zu schreiben</translation>
    </message>
    <message>
        <source>Alpha: ProRes 4444</source>
        <translation>Alpha: ProRes 4444</translation>
    </message>
    <message>
        <source>recorded as QuickTime Animation, converted afterwards</source>
        <translation>als QuickTime Animation aufgenommen, danach umgewandelt</translation>
    </message>
    <message>
        <source>Alpha: VP9, WebM</source>
        <translation>Alpha: VP9, WebM</translation>
    </message>
    <message>
        <source>for web pages; converted afterwards</source>
        <translation>für Webseiten; danach umgewandelt</translation>
    </message>
    <message>
        <source>Masks (PNG)</source>
        <translation>Masken (PNG)</translation>
    </message>
    <message>
        <source>one picture per frame, DAVIS palette</source>
        <translation>ein Bild je Einzelbild, DAVIS-Palette</translation>
    </message>
    <message>
        <source>Masks (COCO JSON)</source>
        <translation>Masken (COCO-JSON)</translation>
    </message>
    <message>
        <source>run-length codes, scores and times</source>
        <translation>Lauflängencodes, Konfidenzen, Zeiten</translation>
    </message>
    <message>
        <source>Soft masks (PNG)</source>
        <translation>Weiche Masken (PNG)</translation>
    </message>
    <message>
        <source>8-bit grey per object and frame</source>
        <translation>8 Bit Grau je Objekt und Einzelbild</translation>
    </message>
    <message>
        <source>As tracked, without the view&apos;s edge settings.</source>
        <translation>Wie verfolgt: ohne die Randeinstellungen der Ansicht.</translation>
    </message>
</context>
<context>
    <name>HelpSheet</name>
    <message>
        <source>Keys and mouse</source>
        <translation>Tasten und Maus</translation>
    </message>
    <message>
        <source>Select the object to mark</source>
        <translation>Objekt zum Markieren wählen</translation>
    </message>
    <message>
        <source>Choose the view</source>
        <translation>Ansicht wählen</translation>
    </message>
    <message>
        <source>Mouse</source>
        <translation>Maus</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Add to the object</source>
        <translation>Zum Objekt hinzufügen</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Rechts</translation>
    </message>
    <message>
        <source>Take away from it</source>
        <translation>Vom Objekt wegnehmen</translation>
    </message>
    <message>
        <source>Shift + left</source>
        <translation>Umschalt + links</translation>
    </message>
    <message>
        <source>Delete a numbered mark</source>
        <translation>Markierung löschen</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>Mausrad</translation>
    </message>
    <message>
        <source>Zoom; with a brush, its size</source>
        <translation>Zoom; beim Pinsel seine Größe</translation>
    </message>
    <message>
        <source>Ctrl + wheel, pinch</source>
        <translation>Strg + Rad, zwei Finger</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>Middle, two fingers</source>
        <translation>Mitte, zwei Finger</translation>
    </message>
    <message>
        <source>Move the picture</source>
        <translation>Bild verschieben</translation>
    </message>
    <message>
        <source>Middle, double-click</source>
        <translation>Mitte doppelt</translation>
    </message>
    <message>
        <source>Fit picture</source>
        <translation>Bild einpassen</translation>
    </message>
    <message>
        <source>Arrows, + and −</source>
        <translation>Pfeile, + und −</translation>
    </message>
    <message>
        <source>Mark by keyboard</source>
        <translation>Mit der Tastatur markieren</translation>
    </message>
</context>
<context>
    <name>HintCard</name>
    <message>
        <source>No more hints</source>
        <translation>Keine Hinweise mehr</translation>
    </message>
    <message>
        <source>Step %1 of 3</source>
        <translation>Schritt %1 von 3</translation>
    </message>
    <message>
        <source>Click the object you want to track. The picture waits for you.</source>
        <translation>Das gewünschte Objekt anklicken. Das Bild wartet so lange.</translation>
    </message>
    <message>
        <source>Is it marked well? Right-click takes parts away, %1 tracks it.</source>
        <translation>Stimmt die Markierung? Rechtsklick nimmt weg, %1 startet die Verfolgung.</translation>
    </message>
    <message>
        <source>It is being tracked. Click it any time to correct it; %1 records.</source>
        <translation>Es wird jetzt verfolgt. Zum Korrigieren jederzeit wieder anklicken; %1 nimmt auf.</translation>
    </message>
</context>
<context>
    <name>Hud</name>
    <message>
        <source>Live figures</source>
        <translation>Messwerte</translation>
    </message>
    <message>
        <source>loading…</source>
        <translation>lädt …</translation>
    </message>
    <message>
        <source>%1, constant</source>
        <translation>%1, gleichbleibend</translation>
    </message>
    <message>
        <source>skipped frames: %1</source>
        <translation>ausgelassene Bilder: %1</translation>
    </message>
    <message>
        <source>delay %1</source>
        <translation>Verzögerung %1</translation>
    </message>
    <message>
        <source>memory %1</source>
        <translation>Speicher %1</translation>
    </message>
    <message>
        <source>masks per second</source>
        <translation>Masken pro Sekunde</translation>
    </message>
    <message>
        <source>Milliseconds per frame</source>
        <translation>Millisekunden pro Bild</translation>
    </message>
    <message>
        <source>Capture</source>
        <translation>Eingang</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>Anzeige</translation>
    </message>
    <message>
        <source>Delay p50 / p95</source>
        <translation>Verzögerung p50 / p95</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Gedächtnis</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Network input</source>
        <translation>Netzeingang</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Governor</source>
        <translation>Regler</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>Ausgelassen</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>%1 px</source>
        <translation>%1 px</translation>
    </message>
    <message>
        <source>every frame</source>
        <translation>jedes Bild</translation>
    </message>
    <message>
        <source>%1 % still, masks kept</source>
        <translation>%1 % unbewegt, Masken behalten</translation>
    </message>
    <message>
        <source>network on %1 frame</source>
        <translation>Netz bei %1 Bild</translation>
    </message>
    <message>
        <source>learns from %1</source>
        <translation>lernt aus %1</translation>
    </message>
    <message>
        <source>every 2nd</source>
        <translation>jedem 2.</translation>
    </message>
    <message>
        <source>every 3rd</source>
        <translation>jedem 3.</translation>
    </message>
    <message>
        <source>every %1th</source>
        <translation>jedem %1.</translation>
    </message>
</context>
<context>
    <name>Language</name>
    <message>
        <source>Same as system</source>
        <translation>Wie das System</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Opening %2…
%1 cancels.</source>
        <translation>%2 wird geöffnet …
%1 bricht ab.</translation>
    </message>
    <message>
        <source>Loading the network…</source>
        <translation>Netz wird geladen …</translation>
    </message>
    <message>
        <source>Finishing the recording…</source>
        <translation>Aufnahme wird abgeschlossen …</translation>
    </message>
    <message>
        <source>Closing…</source>
        <translation>Wird geschlossen …</translation>
    </message>
    <message>
        <source>Did not stop in time: %1. Restart the program if the source hangs.</source>
        <translation>Nicht rechtzeitig beendet: %1. Falls die Quelle hängt, das Programm neu starten.</translation>
    </message>
    <message>
        <source>Main</source>
        <translation>Haupt</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Open recent</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
</context>
<context>
    <name>MarksFiles</name>
    <message>
        <source>Import marks</source>
        <translation>Markierungen importieren</translation>
    </message>
    <message>
        <source>Masks and marks (%1)</source>
        <translation>Masken und Markierungen (%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Save marks</source>
        <translation>Markierungen speichern</translation>
    </message>
    <message>
        <source>Save masks</source>
        <translation>Masken speichern</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>Gespeichert: %1</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>Ordner zeigen</translation>
    </message>
</context>
<context>
    <name>ObjectRow</name>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Show or hide</source>
        <translation>Ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Show alone</source>
        <translation>Allein zeigen</translation>
    </message>
    <message>
        <source>Lock or unlock</source>
        <translation>Sperren oder freigeben</translation>
    </message>
    <message>
        <source>Remove object</source>
        <translation>Objekt entfernen</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Konfidenz</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>verloren</translation>
    </message>
    <message>
        <source>Out of sight: it is found again by itself, or mark it again.</source>
        <translation>Nicht zu sehen: kommt von selbst wieder, oder neu markieren.</translation>
    </message>
    <message>
        <source>Confidence %1 %</source>
        <translation>Konfidenz %1 %</translation>
    </message>
</context>
<context>
    <name>ObjectsPanel</name>
    <message>
        <source>Objects</source>
        <translation>Objekte</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Add object</source>
        <translation>Objekt hinzufügen</translation>
    </message>
    <message>
        <source>What you mark is listed here.</source>
        <translation>Markiertes erscheint hier.</translation>
    </message>
    <message>
        <source>%1 tracked</source>
        <translation>%1 verfolgt</translation>
    </message>
</context>
<context>
    <name>Outputs</name>
    <message>
        <source>Nothing has been saved yet.</source>
        <translation>Es wurde noch nichts gespeichert.</translation>
    </message>
</context>
<context>
    <name>PaceRow</name>
    <message>
        <source>Keep at least</source>
        <translation>Mindestens</translation>
    </message>
    <message>
        <source>If the machine is too slow for this rate, use smaller pictures and run the network less often. Off: every frame in full, however long it takes.</source>
        <translation>Ist der Rechner für diese Rate zu langsam, wird mit kleineren Bildern und seltener gerechnet. Aus: jedes Bild vollständig, egal wie lange es dauert.</translation>
    </message>
    <message>
        <source> fps</source>
        <translation> fps</translation>
    </message>
    <message>
        <source>Masks per second to keep up</source>
        <translation>Gewünschte Masken pro Sekunde</translation>
    </message>
</context>
<context>
    <name>PictureView</name>
    <message>
        <source>Video picture</source>
        <translation>Videobild</translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Fastest</source>
        <translation>Am schnellsten</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>Offer to resume the session after a crash</source>
        <translation>Nach einem Absturz das Fortsetzen anbieten</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Objekte</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>Aufnahmen</translation>
    </message>
    <message>
        <source>Folder for recordings and snapshots</source>
        <translation>Ordner für Aufnahmen und Bilder</translation>
    </message>
    <message>
        <source>Choose the folder for recordings and snapshots</source>
        <translation>Ordner für Aufnahmen und Bilder wählen</translation>
    </message>
    <message>
        <source>A new language or folder takes effect at the next start.</source>
        <translation>Sprache und Ordner gelten ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Shorter side</source>
        <translation>Kürzere Seite</translation>
    </message>
    <message>
        <source>These take effect with the next source. More pixels are finer but slower.</source>
        <translation>Gilt ab der nächsten Quelle. Mehr Pixel sind genauer und langsamer.</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Tracking</source>
        <translation>Verfolgung</translation>
    </message>
    <message>
        <source>Colour-blind safe (Okabe-Ito)</source>
        <translation>Für alle unterscheidbar (Okabe-Ito)</translation>
    </message>
    <message>
        <source>Bright colours</source>
        <translation>Leuchtende Farben</translation>
    </message>
    <message>
        <source>DAVIS colours, as in mask files</source>
        <translation>DAVIS-Farben, wie in Maskendateien</translation>
    </message>
    <message>
        <source>Fastest available</source>
        <translation>Das schnellste vorhandene</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Prozessor</translation>
    </message>
    <message>
        <source>CUDA card</source>
        <translation>CUDA-Karte</translation>
    </message>
    <message>
        <source>Apple GPU</source>
        <translation>Apple-GPU</translation>
    </message>
    <message>
        <source>Folder for recordings</source>
        <translation>Ordner für Aufnahmen</translation>
    </message>
</context>
<context>
    <name>RecentMenu</name>
    <message>
        <source>Clear this list</source>
        <translation>Liste leeren</translation>
    </message>
</context>
<context>
    <name>RecordOptions</name>
    <message>
        <source>Soft</source>
        <translation>Weich</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>Masks</source>
        <translation>Masken</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Video format</source>
        <translation>Videoformat</translation>
    </message>
</context>
<context>
    <name>RecordPanel</name>
    <message>
        <source>Record</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>Ordner zeigen</translation>
    </message>
    <message>
        <source>Saved in %1</source>
        <translation>Gespeichert in %1</translation>
    </message>
    <message>
        <source>Snapshot</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>New file</source>
        <translation>Neue Datei</translation>
    </message>
    <message>
        <source>Keep the last 30 s</source>
        <translation>Letzte 30 s vorhalten</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Last %1 s kept (%2)</source>
        <translation>Letzte %1 s (%2)</translation>
    </message>
    <message>
        <source>%1 frames</source>
        <translation>%1 Bilder</translation>
    </message>
    <message>
        <source>%1 skipped</source>
        <translation>%1 ausgelassen</translation>
    </message>
    <message>
        <source>%1 left on disk</source>
        <translation>%1 frei</translation>
    </message>
    <message>
        <source>%1 left on disk, about %2</source>
        <translation>%1 frei, etwa %2</translation>
    </message>
</context>
<context>
    <name>ReportCopier</name>
    <message>
        <source>Examining this machine…</source>
        <translation>Rechner wird untersucht …</translation>
    </message>
    <message>
        <source>The report is on the clipboard. It holds no passwords, but read it over first.</source>
        <translation>Der Bericht ist in der Zwischenablage. Er enthält keine Passwörter; bitte vor dem Senden durchsehen.</translation>
    </message>
</context>
<context>
    <name>ScreenChooser</name>
    <message>
        <source>No screen that can be captured was found.</source>
        <translation>Kein Bildschirm gefunden, der sich aufnehmen lässt.</translation>
    </message>
    <message>
        <source>Part of the screen…</source>
        <translation>Teil des Bildschirms …</translation>
    </message>
</context>
<context>
    <name>SeekBar</name>
    <message>
        <source>Position in the file</source>
        <translation>Position in der Datei</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>Endlos wiederholen</translation>
    </message>
</context>
<context>
    <name>SessionFiles</name>
    <message>
        <source>This address is nothing but credentials: no session with it can be saved.</source>
        <translation>Diese Adresse besteht nur aus Zugangsdaten: eine Sitzung dazu lässt sich nicht speichern.</translation>
    </message>
    <message>
        <source>The program was not closed properly last time. Resume that session?</source>
        <translation>Das Programm wurde zuletzt nicht richtig beendet. Die Sitzung fortsetzen?</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Open session</source>
        <translation>Sitzung öffnen</translation>
    </message>
    <message>
        <source>Save session</source>
        <translation>Sitzung speichern</translation>
    </message>
    <message>
        <source>The address is saved without its password. Complete it and press Enter.</source>
        <translation>Die Adresse ist ohne Passwort gespeichert. Ergänzen und Enter drücken.</translation>
    </message>
    <message>
        <source>Sessions (%1)</source>
        <translation>Sitzungen (%1)</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation>Aktionen und ihre Tasten</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>Neue Taste</translation>
    </message>
    <message>
        <source>Use this key</source>
        <translation>Taste übernehmen</translation>
    </message>
    <message>
        <source>Remove key</source>
        <translation>Taste entfernen</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Alle zurücksetzen</translation>
    </message>
    <message>
        <source>Choose an action, then press its new key here:</source>
        <translation>Aktion wählen, dann hier die neue Taste drücken:</translation>
    </message>
    <message>
        <source>“%1” has this key and will lose it.</source>
        <translation>„%1“ hat diese Taste und verliert sie.</translation>
    </message>
</context>
<context>
    <name>SoundChoice</name>
    <message>
        <source>Sound of recordings</source>
        <translation>Ton der Aufnahmen</translation>
    </message>
    <message>
        <source>Sound of recordings, in sync with the picture</source>
        <translation>Was in Aufnahmen zu hören ist, synchron zum Bild</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keiner</translation>
    </message>
    <message>
        <source>From the file</source>
        <translation>Der Datei</translation>
    </message>
</context>
<context>
    <name>SoundMeter</name>
    <message>
        <source>Microphone level</source>
        <translation>Lautstärke des Mikrofons</translation>
    </message>
    <message>
        <source>Microphone level; at the right end it is distorted</source>
        <translation>Wie laut das Mikrofon ist; am rechten Ende übersteuert es</translation>
    </message>
</context>
<context>
    <name>SourcePanel</name>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Pause or play the file</source>
        <translation>Datei anhalten oder abspielen</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>Stream</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>Schirm</translation>
    </message>
    <message>
        <source>Stream address</source>
        <translation>Stream-Adresse</translation>
    </message>
    <message>
        <source>No source</source>
        <translation>Keine Quelle</translation>
    </message>
    <message>
        <source>Choose one, or drop a file on the window</source>
        <translation>Wählen oder eine Datei hereinziehen</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Wird geöffnet …</translation>
    </message>
    <message>
        <source>%1 frames</source>
        <translation>%1 Bilder</translation>
    </message>
    <message>
        <source>live</source>
        <translation>live</translation>
    </message>
</context>
<context>
    <name>StageGraph</name>
    <message>
        <source>Graph of stage times and memory</source>
        <translation>Verlauf der Zeiten je Schritt und des Speichers</translation>
    </message>
</context>
<context>
    <name>Stages</name>
    <message>
        <source>motion</source>
        <translation>Bewegung</translation>
    </message>
    <message>
        <source>flow</source>
        <translation>Optischer Fluss</translation>
    </message>
    <message>
        <source>preprocess</source>
        <translation>Vorbereiten</translation>
    </message>
    <message>
        <source>encode key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>read memory</source>
        <translation>Erinnern</translation>
    </message>
    <message>
        <source>decode</source>
        <translation>Dekodieren</translation>
    </message>
    <message>
        <source>fetch</source>
        <translation>Abholen</translation>
    </message>
    <message>
        <source>masks</source>
        <translation>Masken</translation>
    </message>
    <message>
        <source>encode value</source>
        <translation>Werte</translation>
    </message>
    <message>
        <source>memorise</source>
        <translation>Merken</translation>
    </message>
    <message>
        <source>compose</source>
        <translation>Zeichnen</translation>
    </message>
    <message>
        <source>capture</source>
        <translation>Eingang</translation>
    </message>
    <message>
        <source>engine</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>view</source>
        <translation>Anzeige</translation>
    </message>
    <message>
        <source>record</source>
        <translation>Aufnahme</translation>
    </message>
</context>
<context>
    <name>StallWatchdog</name>
    <message>
        <source>The source sends no new pictures, but has reported no error. Check that it is switched on and connected; if nothing changes, open it again.</source>
        <translation>Die Quelle schickt keine neuen Bilder, hat aber keinen Fehler gemeldet. Prüfen Sie, ob sie eingeschaltet und verbunden ist; kommt weiterhin nichts, wählen Sie sie noch einmal.</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Open a camera, a video or a stream to begin.</source>
        <translation>Zum Beginnen Kamera, Video oder Stream öffnen.</translation>
    </message>
    <message>
        <source>Mark the running picture to correct it; the right button takes away. %1 freezes it, %2 starts another object.</source>
        <translation>Im laufenden Bild markieren korrigiert sofort; rechts nimmt weg. %1 friert ein, %2 beginnt ein neues Objekt.</translation>
    </message>
    <message>
        <source>Mark the picture any time to correct it. %1 starts another object.</source>
        <translation>Zum Korrigieren jederzeit im Bild markieren. %1 beginnt ein neues Objekt.</translation>
    </message>
    <message>
        <source>Click an object to track it. The picture freezes by itself.</source>
        <translation>Ein Objekt anklicken, um es zu verfolgen. Das Bild friert von selbst ein.</translation>
    </message>
    <message>
        <source>Left-click adds to the object, right-click takes away.</source>
        <translation>Linksklick fügt zum Objekt hinzu, Rechtsklick nimmt weg.</translation>
    </message>
    <message>
        <source>Drag a box around the object, then click to correct.</source>
        <translation>Einen Rahmen um das Objekt ziehen; danach mit Klicks korrigieren.</translation>
    </message>
    <message>
        <source>Draw around the object, then click to correct.</source>
        <translation>Das Objekt umfahren; danach mit Klicks korrigieren.</translation>
    </message>
    <message>
        <source>Scribble through the object; with the right button, beside it.</source>
        <translation>Durch das Objekt streichen; mit rechts: daneben.</translation>
    </message>
    <message>
        <source>Paint the object; the right button erases, the wheel sets the size.</source>
        <translation>Das Objekt ausmalen; rechts radiert, das Mausrad ändert die Größe.</translation>
    </message>
    <message>
        <source>Erase what is not part of the object; the wheel sets the size.</source>
        <translation>Überzähliges wegradieren; das Mausrad ändert die Größe.</translation>
    </message>
</context>
<context>
    <name>Steps</name>
    <message>
        <source>click on %1</source>
        <translation>Klick auf %1</translation>
    </message>
    <message>
        <source>scribble on %1</source>
        <translation>Strich auf %1</translation>
    </message>
    <message>
        <source>box around %1</source>
        <translation>Rahmen um %1</translation>
    </message>
    <message>
        <source>lasso around %1</source>
        <translation>Lasso um %1</translation>
    </message>
    <message>
        <source>brush on %1</source>
        <translation>Pinsel auf %1</translation>
    </message>
    <message>
        <source>eraser on %1</source>
        <translation>Radierer auf %1</translation>
    </message>
    <message>
        <source>removal of a mark on %1</source>
        <translation>Löschen einer Markierung auf %1</translation>
    </message>
    <message>
        <source>import of marks</source>
        <translation>Import von Markierungen</translation>
    </message>
    <message>
        <source>tracking of %1</source>
        <translation>Verfolgung von %1</translation>
    </message>
    <message>
        <source>correction of %1</source>
        <translation>Korrektur von %1</translation>
    </message>
    <message>
        <source>removal of %1</source>
        <translation>Entfernen von %1</translation>
    </message>
    <message>
        <source>renaming of %1</source>
        <translation>Umbenennen von %1</translation>
    </message>
    <message>
        <source>colour of %1</source>
        <translation>Farbe von %1</translation>
    </message>
    <message>
        <source>hiding or showing of %1</source>
        <translation>Ein- oder Ausblenden von %1</translation>
    </message>
    <message>
        <source>appearance of %1</source>
        <translation>Aussehen von %1</translation>
    </message>
    <message>
        <source>lock of %1</source>
        <translation>Sperre von %1</translation>
    </message>
    <message>
        <source>Undo %1</source>
        <translation>Rückgängig: %1</translation>
    </message>
    <message>
        <source>Redo %1</source>
        <translation>Wiederherstellen: %1</translation>
    </message>
    <message>
        <source>%1 objects</source>
        <translation>%1 Objekten</translation>
    </message>
</context>
<context>
    <name>Text</name>
    <message>
        <source>%1 days</source>
        <translation>%1 Tage</translation>
    </message>
</context>
<context>
    <name>ThemeMenu</name>
    <message>
        <source>Same as system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
</context>
<context>
    <name>VideoDialog</name>
    <message>
        <source>Open a video</source>
        <translation>Video öffnen</translation>
    </message>
    <message>
        <source>Videos (%1)</source>
        <translation>Videos (%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>VideoView</name>
    <message>
        <source>Delete or Shift-click removes this mark.</source>
        <translation>Entf oder Umschalt und Klick löscht diese Markierung.</translation>
    </message>
</context>
<context>
    <name>ViewPanel</name>
    <message>
        <source>Opacity</source>
        <translation>Deckkraft</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>Kontur</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>Unschärfe</translation>
    </message>
    <message>
        <source>Blocks</source>
        <translation>Kacheln</translation>
    </message>
    <message>
        <source>none</source>
        <translation>kein</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Compare with the original</source>
        <translation>Mit dem Originalbild vergleichen</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>Nebeneinander</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>Spiegeln</translation>
    </message>
    <message>
        <source>Turn by 90°</source>
        <translation>Um 90° drehen</translation>
    </message>
    <message>
        <source>Hide overlay</source>
        <translation>Overlay ausblenden</translation>
    </message>
</context>
<context>
    <name>VirtualCameraDialog</name>
    <message>
        <source>Virtual camera</source>
        <translation>Virtuelle Kamera</translation>
    </message>
    <message>
        <source>Size of the virtual camera</source>
        <translation>Größe der virtuellen Kamera</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>It is on: select it in the other program.</source>
        <translation>Sie ist an: im anderen Programm auswählen.</translation>
    </message>
    <message>
        <source>It is off.</source>
        <translation>Sie ist aus.</translation>
    </message>
    <message>
        <source>Video calls and other programs can choose the picture as it is drawn here as their camera. A private view stays private there, too.</source>
        <translation>Videoanrufe und andere Programme können das Bild, wie es hier gezeichnet ist, als Kamera wählen. Eine private Ansicht bleibt auch dort privat.</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Click any object. It stays segmented.</source>
        <translation>Ein Objekt anklicken. Es bleibt segmentiert.</translation>
    </message>
    <message>
        <source>Open a camera, a video, a stream or the screen, then click what you want to follow.
You can also drop a video file here.</source>
        <translation>Kamera, Video, Stream oder Bildschirm öffnen, dann das gewünschte Objekt anklicken.
Videodateien lassen sich auch hierher ziehen.</translation>
    </message>
    <message>
        <source>Webcam</source>
        <translation>Webcam</translation>
    </message>
    <message>
        <source>Video file…</source>
        <translation>Videodatei …</translation>
    </message>
    <message>
        <source>Stream…</source>
        <translation>Stream …</translation>
    </message>
    <message>
        <source>Screen…</source>
        <translation>Bildschirm …</translation>
    </message>
    <message>
        <source>Try the demo</source>
        <translation>Demo ansehen</translation>
    </message>
</context>
<context>
    <name>_FoldButton</name>
    <message>
        <source>Expand this section</source>
        <translation>Abschnitt aufklappen</translation>
    </message>
    <message>
        <source>Collapse this section</source>
        <translation>Abschnitt zuklappen</translation>
    </message>
</context>
</TS>
