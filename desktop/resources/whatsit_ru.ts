<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>Open folder</source>
        <translation>Открыть папку</translation>
    </message>
    <message>
        <source>Open a folder of photos</source>
        <translation>Открыть папку с фотографиями</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Пауза</translation>
    </message>
    <message>
        <source>Pause answering, or go on where it was</source>
        <translation>Приостановить ответы или продолжить с того же места</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Остановить</translation>
    </message>
    <message>
        <source>Stop answering; what is answered stays</source>
        <translation>Прекратить ответы; готовое останется</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Выйти</translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>Закрыть окно</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Поиск</translation>
    </message>
    <message>
        <source>Search by file name</source>
        <translation>Поиск по имени файла</translation>
    </message>
    <message>
        <source>Webcam</source>
        <translation>Камера</translation>
    </message>
    <message>
        <source>Show what is before the camera</source>
        <translation>Показать, что перед камерой</translation>
    </message>
    <message>
        <source>Play a video…</source>
        <translation>Открыть видео…</translation>
    </message>
    <message>
        <source>Play a video file in place of the camera</source>
        <translation>Показать видеофайл вместо камеры</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>Стоп-кадр</translation>
    </message>
    <message>
        <source>Hold the picture, or let it go on</source>
        <translation>Задержать кадр или продолжить</translation>
    </message>
    <message>
        <source>Snapshot</source>
        <translation>Снимок</translation>
    </message>
    <message>
        <source>Keep the picture as a photo</source>
        <translation>Сохранить кадр как фотографию</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Папка</translation>
    </message>
    <message>
        <source>Open the folder of snapshots</source>
        <translation>Открыть папку снимков</translation>
    </message>
    <message>
        <source>Heat map</source>
        <translation>Тепловая карта</translation>
    </message>
    <message>
        <source>Show which parts speak for the answer</source>
        <translation>Показать, какие части говорят за ответ</translation>
    </message>
    <message>
        <source>Ask about a part</source>
        <translation>Спросить о части</translation>
    </message>
    <message>
        <source>Show the model only a square</source>
        <translation>Показать модели только квадрат</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>Try once more</source>
        <translation>Попробовать ещё раз</translation>
    </message>
    <message>
        <source>Sort…</source>
        <translation>Разложить…</translation>
    </message>
    <message>
        <source>Put the photos into a folder for each answer</source>
        <translation>Разложить фотографии по папкам для каждого ответа</translation>
    </message>
    <message>
        <source>Undo a sort…</source>
        <translation>Отменить раскладку…</translation>
    </message>
    <message>
        <source>Take back what was sorted, today or earlier</source>
        <translation>Вернуть разложенное сегодня или раньше</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Экспорт…</translation>
    </message>
    <message>
        <source>Write the answers to a file</source>
        <translation>Записать ответы в файл</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Недавние</translation>
    </message>
    <message>
        <source>Open a folder that was open lately</source>
        <translation>Открыть недавнюю папку</translation>
    </message>
    <message>
        <source>Show what looks most like it first</source>
        <translation>Сначала показать самые похожие</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Показать в папке</translation>
    </message>
    <message>
        <source>Open its folder in the file manager</source>
        <translation>Открыть его папку в диспетчере файлов</translation>
    </message>
    <message>
        <source>Show where the model sees its answer</source>
        <translation>Показать, где модель видит свой ответ</translation>
    </message>
    <message>
        <source>Ask about a rectangle of the photo alone</source>
        <translation>Спросить только об одном прямоугольнике фото</translation>
    </message>
    <message>
        <source>Fill the window</source>
        <translation>Во всё окно</translation>
    </message>
    <message>
        <source>See the photo large; arrows go on, Esc comes back</source>
        <translation>Посмотреть фото крупно; стрелки листают, Esc возвращает</translation>
    </message>
    <message>
        <source>Label {}</source>
        <translation>Метка {}</translation>
    </message>
    <message>
        <source>Say the label with this number</source>
        <translation>Назвать метку с этим номером</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Проверка</translation>
    </message>
    <message>
        <source>Look through the photos, the unsure ones first</source>
        <translation>Просмотреть фотографии, сначала те, в которых модель не уверена</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Принять</translation>
    </message>
    <message>
        <source>Say that the model is right, and go on</source>
        <translation>Подтвердить ответ модели и перейти дальше</translation>
    </message>
    <message>
        <source>Relabel</source>
        <translation>Исправить</translation>
    </message>
    <message>
        <source>Say what it is instead</source>
        <translation>Указать, что это на самом деле</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Неизвестно</translation>
    </message>
    <message>
        <source>Say that no label is right</source>
        <translation>Указать, что не подходит ни одна метка</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Take back what you said last</source>
        <translation>Взять назад последнее сказанное</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Вернуть</translation>
    </message>
    <message>
        <source>Say again what you took back</source>
        <translation>Повторить взятое назад</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Модели…</translation>
    </message>
    <message>
        <source>Choose, add and remove models, and chain them</source>
        <translation>Выбрать, добавить, удалить и связать модели</translation>
    </message>
    <message>
        <source>Device…</source>
        <translation>Устройство…</translation>
    </message>
    <message>
        <source>What runs, how fast, and why not the GPU</source>
        <translation>Что работает, как быстро и почему не GPU</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Настройки…</translation>
    </message>
    <message>
        <source>Language, colours, folders</source>
        <translation>Язык, цвета, папки</translation>
    </message>
    <message>
        <source>Open log folder</source>
        <translation>Открыть папку журнала</translation>
    </message>
    <message>
        <source>Open the folder of the log</source>
        <translation>Открыть папку с журналом</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Копировать отчёт</translation>
    </message>
    <message>
        <source>Copy what to send with a bug report; nothing private is in it</source>
        <translation>Скопировать сведения для сообщения об ошибке; личного в них нет</translation>
    </message>
    <message>
        <source>Examining this machine…</source>
        <translation>Проверка этого компьютера…</translation>
    </message>
    <message>
        <source>The report is in the clipboard: paste it into your bug report.</source>
        <translation>Отчёт в буфере обмена: вставьте его в сообщение об ошибке.</translation>
    </message>
    <message>
        <source>Cats and dogs</source>
        <translation>Кошки и собаки</translation>
    </message>
    <message>
        <source>Dog breeds</source>
        <translation>Породы собак</translation>
    </message>
    <message>
        <source>Young or old</source>
        <translation>Молодой или старый</translation>
    </message>
    <message>
        <source>The photos are Kaggle competition data, not open; use of the weights beyond research is on you to clear</source>
        <translation>Фото — данные конкурса Kaggle, не открытые; право использовать веса вне исследований выясняете вы сами</translation>
    </message>
    <message>
        <source>The photos are for non-commercial research; use of the weights beyond that is on you to clear</source>
        <translation>Фото — для некоммерческих исследований; право использовать веса иначе выясняете вы сами</translation>
    </message>
    <message>
        <source>any photo</source>
        <translation>любое фото</translation>
    </message>
    <message>
        <source>photo of a dog</source>
        <translation>фото собаки</translation>
    </message>
    <message>
        <source>face crop</source>
        <translation>вырезанное лицо</translation>
    </message>
    <message>
        <source>photos like those it learned from</source>
        <translation>фото, похожие на те, на которых она училась</translation>
    </message>
    <message>
        <source>bulldog</source>
        <translation>бульдог</translation>
    </message>
    <message>
        <source>guardian dog</source>
        <translation>сторожевая собака</translation>
    </message>
    <message>
        <source>herding dog</source>
        <translation>пастушья собака</translation>
    </message>
    <message>
        <source>hound</source>
        <translation>гончая</translation>
    </message>
    <message>
        <source>mastiff</source>
        <translation>мастиф</translation>
    </message>
    <message>
        <source>mountain dog</source>
        <translation>горная собака</translation>
    </message>
    <message>
        <source>pinscher</source>
        <translation>пинчер</translation>
    </message>
    <message>
        <source>pointer</source>
        <translation>пойнтер</translation>
    </message>
    <message>
        <source>poodle</source>
        <translation>пудель</translation>
    </message>
    <message>
        <source>retriever</source>
        <translation>ретривер</translation>
    </message>
    <message>
        <source>schnauzer</source>
        <translation>шнауцер</translation>
    </message>
    <message>
        <source>setter</source>
        <translation>сеттер</translation>
    </message>
    <message>
        <source>sighthound</source>
        <translation>борзая</translation>
    </message>
    <message>
        <source>spaniel</source>
        <translation>спаниель</translation>
    </message>
    <message>
        <source>spitz</source>
        <translation>шпиц</translation>
    </message>
    <message>
        <source>terrier</source>
        <translation>терьер</translation>
    </message>
    <message>
        <source>toy dog</source>
        <translation>комнатная собака</translation>
    </message>
    <message>
        <source>wild dog</source>
        <translation>дикая собака</translation>
    </message>
    <message>
        <source>cat</source>
        <translation>кошка</translation>
    </message>
    <message>
        <source>dog</source>
        <translation>собака</translation>
    </message>
    <message>
        <source>young</source>
        <translation>молодой</translation>
    </message>
    <message>
        <source>old</source>
        <translation>старый</translation>
    </message>
    <message>
        <source>Your label could not be kept</source>
        <translation>Вашу метку не удалось сохранить</translation>
    </message>
    <message>
        <source>it waits for its answer</source>
        <translation>ждёт ответа</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Ответы</translation>
    </message>
    <message>
        <source>{labels} and {count} more</source>
        <translation>{labels} и ещё {count}</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Для</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Версия</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Файлы</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Лицензия</translation>
    </message>
    <message>
        <source>Proven</source>
        <translation>Проверено</translation>
    </message>
    <message>
        <source>{passed} of {count} checks passed when it was made</source>
        <translation>при создании пройдено проверок: {passed} из {count}</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Рецепт</translation>
    </message>
    <message>
        <source>Cannot be used</source>
        <translation>Нельзя использовать</translation>
    </message>
    <message>
        <source>Holds here</source>
        <translation>Здесь работает верно</translation>
    </message>
    <message>
        <source>Not to be trusted here</source>
        <translation>Здесь доверять нельзя</translation>
    </message>
    <message>
        <source>Not checked here yet</source>
        <translation>Здесь ещё не проверена</translation>
    </message>
    <message>
        <source>Gives its golden answers</source>
        <translation>Даёт эталонные ответы</translation>
    </message>
    <message>
        <source>Do not trust {name} here: “{check}” failed. Get it again from where it came from.</source>
        <translation>Не доверяйте здесь {name}: не пройдена проверка «{check}». Получите её заново из источника.</translation>
    </message>
    <message>
        <source>Trust {name} here. It runs as {how}.</source>
        <translation>{name} здесь можно доверять. Работает как {how}.</translation>
    </message>
    <message>
        <source>Trust {name} here as {how}, but not as {others}.</source>
        <translation>{name} здесь можно доверять как {how}, но не как {others}.</translation>
    </message>
    <message>
        <source>{place}: {ms} ms a photo, {count} a second without decoding</source>
        <translation>{place}: {ms} мс на фото, {count} в секунду без декодирования</translation>
    </message>
    <message>
        <source>Nothing: the model is not open</source>
        <translation>Ничего: модель не открыта</translation>
    </message>
    <message>
        <source>Not measured yet</source>
        <translation>Ещё не измерено</translation>
    </message>
    <message>
        <source>All photos</source>
        <translation>Все фотографии</translation>
    </message>
    <message>
        <source>Needs a look</source>
        <translation>Нужно взглянуть</translation>
    </message>
    <message>
        <source>Your reviews</source>
        <translation>Ваши проверки</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Приняты</translation>
    </message>
    <message>
        <source>Put right</source>
        <translation>Исправлены</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Есть ответ</translation>
    </message>
    <message>
        <source>Not sure</source>
        <translation>Не уверена</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Ошибка</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>Пропущены</translation>
    </message>
    <message>
        <source>As found</source>
        <translation>В порядке нахождения</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>По имени</translation>
    </message>
    <message>
        <source>Unsure first</source>
        <translation>Сначала неуверенные</translation>
    </message>
    <message>
        <source>Sure first</source>
        <translation>Сначала уверенные</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Сначала новые</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>Сначала старые</translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>Похожие на это</translation>
    </message>
    <message>
        <source>By your word, not the model&apos;s</source>
        <translation>По вашему слову, а не модели</translation>
    </message>
    <message>
        <source>Under another name, for theirs is taken</source>
        <translation>Под другим именем: их имя занято</translation>
    </message>
    <message>
        <source>Travel with their photo</source>
        <translation>Вместе со своей фотографией</translation>
    </message>
    <message>
        <source>Where they belong already</source>
        <translation>Уже на своём месте</translation>
    </message>
    <message>
        <source>Not touched</source>
        <translation>Не затронуты</translation>
    </message>
    <message>
        <source>Left as they are</source>
        <translation>Остаются как есть</translation>
    </message>
    <message>
        <source>… and {count} more</source>
        <translation>… и ещё {count}</translation>
    </message>
    <message>
        <source>At most {wrong} wrong · {aside} set aside</source>
        <translation>Ошибок не более {wrong} · отложено {aside}</translation>
    </message>
    <message>
        <source>With answers from {percent} on: at most {wrong} wrong, {aside} set aside, on photos like the {count} that this was measured on (with 95 % confidence). Your photos may be different.</source>
        <translation>Ответы от {percent}: ошибок не более {wrong}, отложено {aside} — на фотографиях вроде тех {count}, на которых это измерено (с доверием 95 %). Ваши могут быть другими.</translation>
    </message>
    <message>
        <source>Not calibrated: how often it is wrong was never measured</source>
        <translation>Не откалибровано: частота ошибок не измерялась</translation>
    </message>
    <message>
        <source>This model says nothing of other thresholds</source>
        <translation>Эта модель ничего не говорит о других порогах</translation>
    </message>
    <message>
        <source>The right one is {labels} for {count} in 100 photos that get such a list.</source>
        <translation>Верный ответ — {labels}: так у {count} из 100 фотографий с таким списком.</translation>
    </message>
    <message>
        <source>{count} in 100</source>
        <translation>{count} из 100</translation>
    </message>
    <message>
        <source>{count} in 1,000</source>
        <translation>{count} из 1000</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ничего</translation>
    </message>
    <message>
        <source>Checking {name} on this machine…</source>
        <translation>Проверка {name} на этом компьютере…</translation>
    </message>
    <message>
        <source>Removing {name}…</source>
        <translation>Удаление {name}…</translation>
    </message>
    <message>
        <source>{count} bytes</source>
        <translation>{count} байт</translation>
    </message>
    <message>
        <source>{count} KB</source>
        <translation>{count} КБ</translation>
    </message>
    <message>
        <source>{count} MB</source>
        <translation>{count} МБ</translation>
    </message>
    <message>
        <source>{count} GB</source>
        <translation>{count} ГБ</translation>
    </message>
    <message numerus="yes">
        <source>{count} minutes</source>
        <translation>
            <numerusform>{count} минута</numerusform>
            <numerusform>{count} минуты</numerusform>
            <numerusform>{count} минут</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} hours</source>
        <translation>
            <numerusform>{count} час</numerusform>
            <numerusform>{count} часа</numerusform>
            <numerusform>{count} часов</numerusform>
        </translation>
    </message>
    <message>
        <source>Changed {when}</source>
        <translation>Изменено {when}</translation>
    </message>
    <message>
        <source>Taken {when}</source>
        <translation>Снято {when}</translation>
    </message>
    <message>
        <source>1 photo</source>
        <translation>1 фото</translation>
    </message>
    <message numerus="yes">
        <source>{count} photos</source>
        <translation>
            <numerusform>{count} фото</numerusform>
            <numerusform>{count} фото</numerusform>
            <numerusform>{count} фото</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} files and folders</source>
        <translation>
            <numerusform>{count} файл или папка</numerusform>
            <numerusform>{count} файла и папки</numerusform>
            <numerusform>{count} файлов и папок</numerusform>
        </translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Ожидает</translation>
    </message>
    <message>
        <source>{group}, not sure which</source>
        <translation>{group}, неясно какая порода</translation>
    </message>
    <message numerus="yes">
        <source>{label} or {count} others?</source>
        <translation>
            <numerusform>{label} или ещё {count} другая?</numerusform>
            <numerusform>{label} или ещё {count} другие?</numerusform>
            <numerusform>{label} или ещё {count} других?</numerusform>
        </translation>
    </message>
    <message>
        <source> or </source>
        <translation> или </translation>
    </message>
    <message>
        <source>{count} found = {parts}</source>
        <translation>Найдено: {count} = {parts}</translation>
    </message>
    <message>
        <source>Not sure: the best guess, {label}, has {has}.</source>
        <translation>Не уверена: лучшая догадка — {label}, {has}.</translation>
    </message>
    <message>
        <source>Not sure: the best guess, {label}, has just under the {takes} that it takes to answer.</source>
        <translation>Не уверена: лучшая догадка — {label}, чуть меньше нужных {takes}.</translation>
    </message>
    <message>
        <source>Not sure: the best guess, {label}, has {has}; it takes {takes} to answer.</source>
        <translation>Не уверена: лучшая догадка — {label}, {has}; для ответа нужно {takes}.</translation>
    </message>
    <message>
        <source>The model&apos;s best label. How often such answers are right was never measured.</source>
        <translation>Лучшая метка модели. Как часто такие ответы верны, не измерялось.</translation>
    </message>
    <message>
        <source>Not sure: what the model gives for this photo are no numbers.</source>
        <translation>Не уверена: для этого фото модель дала не числа.</translation>
    </message>
    <message>
        <source>not calibrated</source>
        <translation>не откалибровано</translation>
    </message>
    <message>
        <source>{labels}?</source>
        <translation>{labels}?</translation>
    </message>
    <message>
        <source>{figure} sure</source>
        <translation>уверенность {figure}</translation>
    </message>
    <message>
        <source>Unlike everything it was taught: none of the labels fits well enough to say.</source>
        <translation>Не похоже ни на что из изученного: ни одна метка не подходит достаточно хорошо.</translation>
    </message>
    <message>
        <source>Looks most like {label}</source>
        <translation>Больше всего похоже на: {label}</translation>
    </message>
    <message>
        <source>You agreed.</source>
        <translation>Вы согласились.</translation>
    </message>
    <message>
        <source>You put it right. The model says: {answer}.</source>
        <translation>Вы исправили. Модель говорит: {answer}.</translation>
    </message>
    <message>
        <source>{count} {state}</source>
        <translation>{state}: {count}</translation>
    </message>
    <message>
        <source>For the {photos} that are selected</source>
        <translation>Для выбранных: {photos}</translation>
    </message>
    <message>
        <source>“{text}”, a new label</source>
        <translation>«{text}», новая метка</translation>
    </message>
    <message>
        <source>1 second</source>
        <translation>1 с</translation>
    </message>
    <message numerus="yes">
        <source>{count} seconds</source>
        <translation>
            <numerusform>{count} секунда</numerusform>
            <numerusform>{count} секунды</numerusform>
            <numerusform>{count} секунд</numerusform>
        </translation>
    </message>
    <message>
        <source>Ranked labels: {labels}</source>
        <translation>Метки по порядку: {labels}</translation>
    </message>
    <message>
        <source>{title}: {count}</source>
        <translation>{title}: {count}</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Камера</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>Разрешение</translation>
    </message>
    <message>
        <source>No camera</source>
        <translation>Нет камеры</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Сертификат</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Итог</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Проверка</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Где</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Измерено</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Предел</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>пройдена</translation>
    </message>
    <message>
        <source>FAILED</source>
        <translation>НЕ ПРОЙДЕНА</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Устройство</translation>
    </message>
    <message>
        <source>Check on this machine</source>
        <translation>Проверить на этом компьютере</translation>
    </message>
    <message>
        <source>Runs now</source>
        <translation>Работает сейчас</translation>
    </message>
    <message>
        <source>Why so</source>
        <translation>Почему так</translation>
    </message>
    <message>
        <source>Run on</source>
        <translation>Запускать на</translation>
    </message>
    <message>
        <source>Which file</source>
        <translation>Какой файл</translation>
    </message>
    <message>
        <source>Opening the model…</source>
        <translation>Модель открывается…</translation>
    </message>
    <message>
        <source>A GPU is there, and the model gives its golden answers on it.</source>
        <translation>GPU есть, и модель даёт на нём эталонные ответы.</translation>
    </message>
    <message>
        <source>The processor was asked for.</source>
        <translation>Выбран процессор.</translation>
    </message>
    <message>
        <source>The fastest that is proven</source>
        <translation>Самое быстрое из проверенного</translation>
    </message>
    <message>
        <source>The processor (CPU)</source>
        <translation>Процессор (CPU)</translation>
    </message>
    <message>
        <source>The GPU (CUDA)</source>
        <translation>Видеокарта (GPU, CUDA)</translation>
    </message>
    <message>
        <source>The GPU takes an NVIDIA card with its driver, and CUDA&apos;s libraries: pip install &apos;whatsit[cuda]&apos;</source>
        <translation>Для GPU нужны карта NVIDIA с драйвером и библиотеки CUDA: pip install &apos;whatsit[cuda]&apos;</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Export the answers</source>
        <translation>Экспорт ответов</translation>
    </message>
    <message>
        <source>One row a photo: its answer, how sure it is, and what you said of it.</source>
        <translation>Строка на фото: ответ, уверенность и сказанное вами.</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Выбрать…</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>Показать папку</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Фотографии</translation>
    </message>
    <message>
        <source>As</source>
        <translation>Формат</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Файл</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Экспортировать</translation>
    </message>
    <message>
        <source>Where to write the answers</source>
        <translation>Куда записать ответы</translation>
    </message>
    <message>
        <source>{done} of {all} photos</source>
        <translation>{done} из {all} фото</translation>
    </message>
    <message>
        <source>{photos} written to {file}</source>
        <translation>{photos}: записано в {file}</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Остановлено.</translation>
    </message>
    <message>
        <source>The file that is there is replaced.</source>
        <translation>Имеющийся файл будет заменён.</translation>
    </message>
    <message>
        <source>A spreadsheet (XLSX), for Excel or LibreOffice</source>
        <translation>Таблица (XLSX) для Excel или LibreOffice</translation>
    </message>
    <message>
        <source>A plain table (CSV)</source>
        <translation>Простая таблица (CSV)</translation>
    </message>
    <message>
        <source>Data (JSON), one document</source>
        <translation>Данные (JSON), один документ</translation>
    </message>
    <message>
        <source>Data (JSONL), one photo a line</source>
        <translation>Данные (JSONL), фото в строке</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>Фильтры</translation>
    </message>
    <message>
        <source>Order of the photos</source>
        <translation>Порядок фотографий</translation>
    </message>
    <message>
        <source>Strength of the heat map</source>
        <translation>Сила тепловой карты</translation>
    </message>
    <message>
        <source>Ask about the whole photo</source>
        <translation>Спросить обо всём фото</translation>
    </message>
    <message>
        <source>Of this part alone. Arrows move it, with Shift they change its size.</source>
        <translation>Только об этой части. Стрелки двигают её, с Shift меняют размер.</translation>
    </message>
    <message>
        <source>Draw round a part to ask about it alone, or press A.</source>
        <translation>Обведите часть, чтобы спросить только о ней, или нажмите A.</translation>
    </message>
    <message>
        <source>What is it?</source>
        <translation>Что это?</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Метка</translation>
    </message>
    <message>
        <source>Labels that fit</source>
        <translation>Подходящие метки</translation>
    </message>
    <message>
        <source>Live answer</source>
        <translation>Ответ в реальном времени</translation>
    </message>
    <message>
        <source>{count} pictures a second</source>
        <translation>кадров в секунду: {count}</translation>
    </message>
    <message>
        <source>{count} answers a second</source>
        <translation>ответов в секунду: {count}</translation>
    </message>
    <message>
        <source>{count} ms an answer</source>
        <translation>{count} мс на ответ</translation>
    </message>
    <message>
        <source>Drag the square, or use the arrows; wheel, plus and minus change its size.</source>
        <translation>Перетащите квадрат или двигайте стрелками; колёсико, плюс и минус меняют размер.</translation>
    </message>
    <message>
        <source>There is no model that could answer.</source>
        <translation>Нет модели, которая могла бы ответить.</translation>
    </message>
    <message>
        <source>Camera picture</source>
        <translation>Изображение с камеры</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>Сведения</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Карточка</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>Нет модели</translation>
    </message>
    <message>
        <source>Add one, or drop its folder here.</source>
        <translation>Добавьте её или перетащите сюда её папку.</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Проблема</translation>
    </message>
    <message>
        <source>Model card</source>
        <translation>Карточка модели</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Модели</translation>
    </message>
    <message>
        <source>Use this model</source>
        <translation>Использовать эту модель</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>Add a model…</source>
        <translation>Добавить модель…</translation>
    </message>
    <message>
        <source>Add a model: choose its folder</source>
        <translation>Добавить модель: выберите её папку</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>используется</translation>
    </message>
    <message>
        <source>Only models that you added can be removed</source>
        <translation>Удалить можно только добавленные вами модели</translation>
    </message>
    <message>
        <source>And then</source>
        <translation>А затем</translation>
    </message>
    <message>
        <source>ask no other model</source>
        <translation>не спрашивать другую модель</translation>
    </message>
    <message>
        <source>If it is {answer}:</source>
        <translation>если это {answer}:</translation>
    </message>
    <message>
        <source>Drop a folder of photos here</source>
        <translation>Перетащите сюда папку с фотографиями</translation>
    </message>
    <message>
        <source>Each photo gets its answer as you watch. Single photos are welcome too.</source>
        <translation>Каждое фото получит ответ у вас на глазах. Отдельные фото тоже годятся.</translation>
    </message>
    <message>
        <source>Photos stay on this computer, as they are.</source>
        <translation>Фотографии остаются на этом компьютере без изменений.</translation>
    </message>
    <message>
        <source>No photos here</source>
        <translation>Здесь нет фотографий</translation>
    </message>
    <message>
        <source>The folder is empty. Drop another one, or open it.</source>
        <translation>Папка пуста. Перетащите или откройте другую.</translation>
    </message>
    <message>
        <source>All that are open: {photos}</source>
        <translation>Все открытые: {photos}</translation>
    </message>
    <message>
        <source>Those that are shown: {photos}</source>
        <translation>Показанные: {photos}</translation>
    </message>
    <message>
        <source>Those that are selected: {photos}</source>
        <translation>Выбранные: {photos}</translation>
    </message>
    <message>
        <source>Selected photo</source>
        <translation>Выбранное фото</translation>
    </message>
    <message>
        <source>Select a photo to see it here.</source>
        <translation>Выберите фото, чтобы увидеть его здесь.</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Изменить…</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Язык</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Цвета</translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation>Снимки</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Как в системе</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Светлые</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Тёмные</translation>
    </message>
    <message>
        <source>Choose the folder for snapshots</source>
        <translation>Выберите папку для снимков</translation>
    </message>
    <message>
        <source>The language changes when Whatsit is opened again.</source>
        <translation>Язык сменится при следующем открытии Whatsit.</translation>
    </message>
    <message>
        <source>{count} labels</source>
        <translation>меток: {count}</translation>
    </message>
    <message>
        <source>For {subject}</source>
        <translation>Для: {subject}</translation>
    </message>
    <message>
        <source>Model: {name}</source>
        <translation>Модель: {name}</translation>
    </message>
    <message>
        <source>Sort photos into folders</source>
        <translation>Разложить фотографии по папкам</translation>
    </message>
    <message>
        <source>A folder for each answer. Nothing is replaced, and every sorting can be undone.</source>
        <translation>Папка для каждого ответа. Ничего не заменяется, и любую раскладку можно отменить.</translation>
    </message>
    <message>
        <source>Keep sub-folders below each answer</source>
        <translation>Сохранять подпапки внутри каждого ответа</translation>
    </message>
    <message>
        <source>What is going to happen</source>
        <translation>Что произойдёт</translation>
    </message>
    <message>
        <source>Undo this</source>
        <translation>Отменить это</translation>
    </message>
    <message>
        <source>Into</source>
        <translation>Куда</translation>
    </message>
    <message>
        <source>How</source>
        <translation>Как</translation>
    </message>
    <message>
        <source>Say where the folders are to be made.</source>
        <translation>Укажите, где создать папки.</translation>
    </message>
    <message>
        <source>Where to make the folders</source>
        <translation>Где создать папки</translation>
    </message>
    <message>
        <source>Looking at what is to be done…</source>
        <translation>Смотрим, что предстоит сделать…</translation>
    </message>
    <message>
        <source>{done} of {all} files</source>
        <translation>{done} из {all} файлов</translation>
    </message>
    <message>
        <source>Undo a sort takes it back, now or any day later.</source>
        <translation>«Отменить раскладку» вернёт всё сейчас или в любой день.</translation>
    </message>
    <message>
        <source>Stopped: {files} done.</source>
        <translation>Остановлено: готово {files}.</translation>
    </message>
    <message>
        <source>{files} done.</source>
        <translation>Готово: {files}.</translation>
    </message>
    <message>
        <source>Copy: the photos stay where they are as well</source>
        <translation>Копировать: фото останутся и на месте</translation>
    </message>
    <message>
        <source>Move: each photo leaves its place</source>
        <translation>Переместить: фото покинут своё место</translation>
    </message>
    <message>
        <source>Hard links: no room taken, on the same disk</source>
        <translation>Жёсткие ссылки: не занимают места, на том же диске</translation>
    </message>
    <message>
        <source>Symbolic links: they point to the photos where they are</source>
        <translation>Символические ссылки: указывают на место фото</translation>
    </message>
    <message>
        <source>Copy {photos}</source>
        <translation>Копировать: {photos}</translation>
    </message>
    <message>
        <source>Move {photos}</source>
        <translation>Переместить: {photos}</translation>
    </message>
    <message>
        <source>Link {photos}</source>
        <translation>Связать: {photos}</translation>
    </message>
    <message>
        <source>There is nothing to sort.</source>
        <translation>Раскладывать нечего.</translation>
    </message>
    <message>
        <source>{count} of {all} files found are sorted into {folders} folders.</source>
        <translation>Файлов раскладывается: {count} из {all}; папок: {folders}.</translation>
    </message>
    <message>
        <source>They take {needed}; {free} are free.</source>
        <translation>Займут {needed}; свободно {free}.</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Ход работы</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>{rate} photos/s</source>
        <translation>{rate} фото/с</translation>
    </message>
    <message>
        <source>As the model has it: what you said counts in the list of answers.</source>
        <translation>По ответам модели; то, что исправили вы, учтено в списке ответов.</translation>
    </message>
    <message>
        <source>Paused: {done} of {found} done</source>
        <translation>Пауза: готово {done} из {found}</translation>
    </message>
    <message>
        <source>Stopped: {done} of {found} done</source>
        <translation>Остановлено: готово {done} из {found}</translation>
    </message>
    <message>
        <source>less than a second</source>
        <translation>меньше секунды</translation>
    </message>
    <message>
        <source>{photos} found · opening the model…</source>
        <translation>{photos} найдено · модель открывается…</translation>
    </message>
    <message>
        <source>{done} of {found} · still looking…</source>
        <translation>{done} из {found} · поиск продолжается…</translation>
    </message>
    <message>
        <source>{done} of {found}</source>
        <translation>{done} из {found}</translation>
    </message>
    <message>
        <source>{done} · {time} left</source>
        <translation>{done} · осталось {time}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>How sure an answer must be</source>
        <translation>Насколько уверенным должен быть ответ</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Ещё</translation>
    </message>
    <message>
        <source>Search by file name (Ctrl+F); Esc shows all again</source>
        <translation>Поиск по имени файла (Ctrl+F); Esc снова покажет все</translation>
    </message>
    <message>
        <source>What was moved goes back, what was made is removed; what has changed since is left, and named.</source>
        <translation>Перемещённое вернётся, созданное удалится; изменённое с тех пор останется и будет названо.</translation>
    </message>
    <message>
        <source>Undo a sort</source>
        <translation>Отменить раскладку</translation>
    </message>
    <message>
        <source>Sort runs</source>
        <translation>Раскладки</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Когда</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Undo this sort</source>
        <translation>Отменить эту раскладку</translation>
    </message>
    <message>
        <source>Looking at what was sorted…</source>
        <translation>Смотрим, что было разложено…</translation>
    </message>
    <message>
        <source>Nothing was sorted yet.</source>
        <translation>Ещё ничего не разложено.</translation>
    </message>
    <message>
        <source>{done} of {all} files undone.</source>
        <translation>Отменено файлов: {done} из {all}.</translation>
    </message>
    <message>
        <source>copied</source>
        <translation>скопировано</translation>
    </message>
    <message>
        <source>moved</source>
        <translation>перемещено</translation>
    </message>
    <message>
        <source>linked</source>
        <translation>связано</translation>
    </message>
    <message>
        <source>done</source>
        <translation>готово</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>прервано</translation>
    </message>
    <message>
        <source>undone</source>
        <translation>отменено</translation>
    </message>
    <message>
        <source>partly undone</source>
        <translation>отменено частично</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>Видео</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Все файлы</translation>
    </message>
    <message>
        <source>Play a video file</source>
        <translation>Открыть видеофайл</translation>
    </message>
    <message>
        <source>Switching the camera on…</source>
        <translation>Камера включается…</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Сохранено</translation>
    </message>
    <message>
        <source>Saved as {file}</source>
        <translation>Сохранено как {file}</translation>
    </message>
    <message>
        <source>the camera cannot be used ({reason}).</source>
        <translation>камеру нельзя использовать ({reason}).</translation>
    </message>
    <message>
        <source>Another program may be using it: close that, then try again.</source>
        <translation>Возможно, её использует другая программа: закройте её и повторите.</translation>
    </message>
    <message>
        <source>there are no pictures in it</source>
        <translation>в нём нет изображения</translation>
    </message>
    <message>
        <source>this video cannot be played ({reason}).</source>
        <translation>это видео нельзя воспроизвести ({reason}).</translation>
    </message>
    <message>
        <source>Choose another file; MP4, WebM, MOV, AVI and MKV can be played most often.</source>
        <translation>Выберите другой файл; чаще всего подходят MP4, WebM, MOV, AVI и MKV.</translation>
    </message>
    <message>
        <source>{camera} was unplugged.</source>
        <translation>Отключено: {camera}.</translation>
    </message>
    <message>
        <source>the camera</source>
        <translation>камера</translation>
    </message>
    <message>
        <source>Plug it in again, and it goes on by itself.</source>
        <translation>Подключите снова, и всё продолжится само.</translation>
    </message>
    <message>
        <source>Allow it in System Settings, Privacy &amp; Security, Camera; then try again.</source>
        <translation>Разрешите в «Системные настройки», «Конфиденциальность и безопасность», «Камера» и повторите.</translation>
    </message>
    <message>
        <source>Allow it in Settings, Privacy &amp; security, Camera; then try again.</source>
        <translation>Разрешите в «Параметры», «Конфиденциальность и защита», «Камера» и повторите.</translation>
    </message>
    <message>
        <source>Your user must be in the group “video”: sudo usermod -aG video $USER</source>
        <translation>Ваш пользователь должен быть в группе «video»: sudo usermod -aG video $USER</translation>
    </message>
    <message>
        <source>Whatsit may not use the camera.</source>
        <translation>Whatsit не разрешено использовать камеру.</translation>
    </message>
    <message>
        <source>no camera was found.</source>
        <translation>камера не найдена.</translation>
    </message>
    <message>
        <source>Plug one in and it is taken at once, or play a video file.</source>
        <translation>Подключите камеру, и она сразу заработает, или откройте видеофайл.</translation>
    </message>
    <message>
        <source>the camera gives no picture.</source>
        <translation>камера не даёт изображения.</translation>
    </message>
    <message>
        <source>the answers cannot be written ({reason}).</source>
        <translation>ответы не удалось записать ({reason}).</translation>
    </message>
    <message>
        <source>Choose another place.</source>
        <translation>Выберите другое место.</translation>
    </message>
    <message>
        <source>Something went wrong inside Whatsit.</source>
        <translation>Внутри Whatsit что-то пошло не так.</translation>
    </message>
    <message>
        <source>The log has the details.</source>
        <translation>Подробности в журнале.</translation>
    </message>
    <message>
        <source>this model is not to be trusted here: {check} failed ({measured}).</source>
        <translation>этой модели здесь нельзя доверять: не пройдена проверка {check} ({measured}).</translation>
    </message>
    <message>
        <source>Get it again from where it came from.</source>
        <translation>Получите её заново из источника.</translation>
    </message>
    <message>
        <source>the snapshot cannot be written ({reason}).</source>
        <translation>снимок не удалось записать ({reason}).</translation>
    </message>
    <message>
        <source>Choose another folder for snapshots.</source>
        <translation>Выберите другую папку для снимков.</translation>
    </message>
    <message>
        <source>Recent folders</source>
        <translation>Недавние папки</translation>
    </message>
    <message>
        <source>No folder was open yet</source>
        <translation>Ещё не открывалось ни одной папки</translation>
    </message>
    <message>
        <source>What you said of {photo} could not be kept: {reason}</source>
        <translation>Сказанное вами о {photo} не удалось сохранить: {reason}</translation>
    </message>
    <message>
        <source>{place} of {count}</source>
        <translation>{place} из {count}</translation>
    </message>
    <message>
        <source>file unchanged</source>
        <translation>файл не изменён</translation>
    </message>
    <message>
        <source>other files unchanged</source>
        <translation>прочие файлы целы</translation>
    </message>
    <message>
        <source>loads</source>
        <translation>загружается</translation>
    </message>
    <message>
        <source>labels</source>
        <translation>метки</translation>
    </message>
    <message>
        <source>file labels</source>
        <translation>метки в файле</translation>
    </message>
    <message>
        <source>golden shapes</source>
        <translation>эталонные размеры</translation>
    </message>
    <message>
        <source>one photo alone</source>
        <translation>одно фото отдельно</translation>
    </message>
    <message>
        <source>golden pictures</source>
        <translation>эталонные изображения</translation>
    </message>
    <message>
        <source>golden pixels</source>
        <translation>эталонные пиксели</translation>
    </message>
    <message>
        <source>golden answers</source>
        <translation>эталонные ответы</translation>
    </message>
    <message>
        <source>golden {output}</source>
        <translation>эталон {output}</translation>
    </message>
    <message>
        <source>{amount} apart</source>
        <translation>разница {amount}</translation>
    </message>
    <message>
        <source>{amount} of 255 apart</source>
        <translation>разница {amount} из 255</translation>
    </message>
    <message>
        <source>at most {amount}</source>
        <translation>не больше {amount}</translation>
    </message>
    <message>
        <source>{right} of {count} the same</source>
        <translation>совпали {right} из {count}</translation>
    </message>
    <message>
        <source>no picture has such a lead: nothing to compare</source>
        <translation>ни у одного изображения нет такого отрыва: сравнивать нечего</translation>
    </message>
    <message>
        <source>all with a lead over {amount}</source>
        <translation>все с отрывом больше {amount}</translation>
    </message>
    <message>
        <source>the same in {count} lists</source>
        <translation>в {count} списках одно</translation>
    </message>
    <message>
        <source>no other list is there</source>
        <translation>других списков нет</translation>
    </message>
    <message>
        <source>the file lists none</source>
        <translation>в файле не указаны</translation>
    </message>
    <message>
        <source>as in bundle.json</source>
        <translation>как в bundle.json</translation>
    </message>
    <message>
        <source>batch {counts}</source>
        <translation>пакеты {counts}</translation>
    </message>
    <message>
        <source>every file</source>
        <translation>каждый файл</translation>
    </message>
    <message>
        <source>all {count}</source>
        <translation>все {count}</translation>
    </message>
    <message>
        <source>a golden picture</source>
        <translation>эталонное изображение</translation>
    </message>
    <message>
        <source>the bundle has no variant for it</source>
        <translation>у модели нет файла для него</translation>
    </message>
    <message>
        <source>the graph does not give it</source>
        <translation>граф этого не выдаёт</translation>
    </message>
    <message>
        <source>CUDA is not for macOS</source>
        <translation>CUDA не работает на macOS</translation>
    </message>
    <message>
        <source>this onnxruntime is built without CUDA</source>
        <translation>эта сборка onnxruntime — без CUDA</translation>
    </message>
    <message>
        <source>no NVIDIA GPU with a working driver was found</source>
        <translation>не найдено GPU NVIDIA с работающим драйвером</translation>
    </message>
    <message>
        <source>Use --device auto or cpu</source>
        <translation>Выберите «Самое быстрое из проверенного» или процессор (CPU)</translation>
    </message>
    <message>
        <source>Use --device cpu</source>
        <translation>Выберите процессор (CPU)</translation>
    </message>
    <message>
        <source>Install CUDA&apos;s libraries with: pip install &apos;whatsit[cuda]&apos;; or use --device cpu</source>
        <translation>Установите библиотеки CUDA: pip install &apos;whatsit[cuda]&apos;; или выберите процессор (CPU)</translation>
    </message>
    <message>
        <source>int8 is for the CPU</source>
        <translation>int8 — для процессора (CPU)</translation>
    </message>
    <message>
        <source>Use --variant auto, fp32 or fp16 with CUDA</source>
        <translation>С CUDA выберите «Самое быстрое из проверенного», fp32 или fp16</translation>
    </message>
    <message>
        <source>the bundle has no variant for CUDA</source>
        <translation>у модели нет файла для CUDA</translation>
    </message>
    <message>
        <source>CUDA takes fp32 or fp16</source>
        <translation>CUDA берёт fp32 или fp16</translation>
    </message>
    <message>
        <source>CUDA cannot be proven: {reason}</source>
        <translation>CUDA не удаётся проверить: {reason}</translation>
    </message>
    <message>
        <source>CUDA does not take the model ({reason})</source>
        <translation>CUDA не принимает модель ({reason})</translation>
    </message>
    <message>
        <source>onnxruntime cannot start CUDA: its CUDA or cuDNN libraries do not load</source>
        <translation>onnxruntime не запускает CUDA: библиотеки CUDA или cuDNN не загружаются</translation>
    </message>
    <message>
        <source>{variant} cannot be used: {reason}</source>
        <translation>{variant} использовать нельзя: {reason}</translation>
    </message>
    <message>
        <source>{variant} does not give the golden answers on this {device} ({said})</source>
        <translation>{variant} не даёт эталонных ответов, устройство: {device} ({said})</translation>
    </message>
    <message>
        <source>processor</source>
        <translation>процессор (CPU)</translation>
    </message>
    <message>
        <source>{variant} cannot be proven: {reason}</source>
        <translation>{variant} не удаётся проверить: {reason}</translation>
    </message>
    <message>
        <source>the model cannot be proven: {reason}</source>
        <translation>модель не удаётся проверить: {reason}</translation>
    </message>
    <message>
        <source>Use --variant auto</source>
        <translation>Выберите «Самое быстрое из проверенного»</translation>
    </message>
    <message>
        <source>&apos;whatsit check&apos; shows every check</source>
        <translation>«Проверить на этом компьютере» покажет каждую проверку</translation>
    </message>
    <message>
        <source>&apos;whatsit check&apos; shows every check; --variant auto takes what passes</source>
        <translation>«Проверить на этом компьютере» покажет каждую проверку; «Самое быстрое из проверенного» возьмёт то, что прошло</translation>
    </message>
    <message>
        <source>the golden pictures cannot be read ({reason})</source>
        <translation>не удаётся прочитать эталонные изображения ({reason})</translation>
    </message>
    <message>
        <source>the expected probabilities are missing</source>
        <translation>нет ожидаемых вероятностей</translation>
    </message>
    <message>
        <source>the expected probabilities are not of {count} labels</source>
        <translation>ожидаемые вероятности — не для {count} меток</translation>
    </message>
    <message>
        <source>the expected {names} are no floating-point numbers</source>
        <translation>ожидаемые {names} — не числа с плавающей точкой</translation>
    </message>
    <message>
        <source>two golden pictures have the same stem</source>
        <translation>у двух эталонных изображений одно имя</translation>
    </message>
    <message>
        <source>pictures, pixels and outputs differ in number</source>
        <translation>число изображений, пикселей и выходов различается</translation>
    </message>
    <message>
        <source>{file} is not of {width} by {height} pixels</source>
        <translation>{file} — не {width} на {height} пикселей</translation>
    </message>
    <message>
        <source>the arrays need more memory than there is</source>
        <translation>массивам нужно больше памяти, чем есть</translation>
    </message>
    <message>
        <source>this is no file of arrays ({reason})</source>
        <translation>это не файл массивов ({reason})</translation>
    </message>
    <message>
        <source>the arrays are larger than {size} MB</source>
        <translation>массивы больше {size} МБ</translation>
    </message>
    <message>
        <source>this bundle has no {variant} variant;</source>
        <translation>у модели нет файла {variant};</translation>
    </message>
    <message>
        <source>it has {names}</source>
        <translation>есть: {names}</translation>
    </message>
    <message>
        <source>{file} is missing or is not the file that was proven</source>
        <translation>{file} нет, или это не тот файл, который проверен</translation>
    </message>
    <message>
        <source>{file} is missing or another</source>
        <translation>{file} нет, или это другой файл</translation>
    </message>
    <message>
        <source>Get the bundle again from where it came from</source>
        <translation>Получите модель заново оттуда, откуда она</translation>
    </message>
    <message>
        <source>no bundle here: {file} cannot be read ({reason})</source>
        <translation>здесь нет модели: {file} не читается ({reason})</translation>
    </message>
    <message>
        <source>{file} is not valid: {reason}</source>
        <translation>{file} с ошибкой: {reason}</translation>
    </message>
    <message>
        <source>{file} is not valid ({reason})</source>
        <translation>{file} с ошибкой ({reason})</translation>
    </message>
    <message>
        <source>{file} cannot be read ({reason})</source>
        <translation>не удаётся прочитать {file} ({reason})</translation>
    </message>
    <message>
        <source>{file} leads out of the bundle&apos;s folder</source>
        <translation>{file} ведёт за пределы папки модели</translation>
    </message>
    <message>
        <source>{file} is not a file</source>
        <translation>{file} — не файл</translation>
    </message>
    <message>
        <source>{file} is larger than {size} MB</source>
        <translation>{file} больше {size} МБ</translation>
    </message>
    <message>
        <source>the label lists do not agree: {reason}</source>
        <translation>списки меток не совпадают: {reason}</translation>
    </message>
    <message>
        <source>Answers could be named wrongly: get the bundle again from where it came from</source>
        <translation>Ответы могли бы называться неверно: получите модель заново оттуда, откуда она</translation>
    </message>
    <message>
        <source>the file&apos;s labels are no JSON list of names</source>
        <translation>метки в файле — не список имён JSON</translation>
    </message>
    <message>
        <source>id2label has gaps</source>
        <translation>в id2label есть пропуски</translation>
    </message>
    <message>
        <source>label2id is not id2label turned round</source>
        <translation>label2id — не обращённый id2label</translation>
    </message>
    <message>
        <source>{file} has {label} at {number}, bundle.json {wanted}</source>
        <translation>в {file} под номером {number} стоит {label}, в bundle.json — {wanted}</translation>
    </message>
    <message>
        <source>the model keeps weights in other files, which nobody has proven</source>
        <translation>модель держит веса в других файлах, которые никто не проверил</translation>
    </message>
    <message>
        <source>the model cannot be loaded ({reason})</source>
        <translation>не удаётся загрузить модель ({reason})</translation>
    </message>
    <message>
        <source>the model cannot run on this {device} ({reason})</source>
        <translation>модель не работает на этом {device} ({reason})</translation>
    </message>
    <message>
        <source>Close other programs, or use --device cpu</source>
        <translation>Закройте другие программы или выберите процессор (CPU)</translation>
    </message>
    <message>
        <source>the model takes {given}, not image uint8 [N, {height}, {width}, 3]</source>
        <translation>модель принимает {given}, а не image uint8 [N, {height}, {width}, 3]</translation>
    </message>
    <message>
        <source>the model does not give {output}, only {outputs}</source>
        <translation>модель не выдаёт {output}, только {outputs}</translation>
    </message>
    <message>
        <source>{output} is {shape}, not float32 {wanted}</source>
        <translation>{output} — {shape}, а не float32 {wanted}</translation>
    </message>
    <message>
        <source>the output probabilities is missing</source>
        <translation>нет выхода probabilities</translation>
    </message>
    <message>
        <source>{count} labels do not fit {shape} probabilities</source>
        <translation>{count} меток не подходят к вероятностям {shape}</translation>
    </message>
    <message>
        <source>novelty is {shape}, not one number a photo</source>
        <translation>novelty — {shape}, а не одно число на фото</translation>
    </message>
    <message>
        <source>there is no model named {name}</source>
        <translation>нет модели с именем {name}</translation>
    </message>
    <message>
        <source>Did you mean {name}?</source>
        <translation>Имелось в виду {name}?</translation>
    </message>
    <message>
        <source>did you mean {name}?</source>
        <translation>имелось в виду {name}?</translation>
    </message>
    <message>
        <source>There are: {names}</source>
        <translation>Есть: {names}</translation>
    </message>
    <message>
        <source>there are: {names}</source>
        <translation>есть: {names}</translation>
    </message>
    <message>
        <source>you have a model named {name} already</source>
        <translation>модель с именем {name} у вас уже есть</translation>
    </message>
    <message>
        <source>Remove it first: whatsit models remove {name}</source>
        <translation>Сначала удалите {name}</translation>
    </message>
    <message>
        <source>It came with Whatsit and stays</source>
        <translation>Она пришла с Whatsit и остаётся</translation>
    </message>
    <message>
        <source>you have added no model named {name}</source>
        <translation>модель с именем {name} вы не добавляли</translation>
    </message>
    <message>
        <source>the model cannot be copied ({reason})</source>
        <translation>не удаётся скопировать модель ({reason})</translation>
    </message>
    <message>
        <source>{step} says no next model</source>
        <translation>{step} не называет следующей модели</translation>
    </message>
    <message>
        <source>Write an answer and a model: --then dog=breeds</source>
        <translation>Укажите ответ и модель, например dog=breeds</translation>
    </message>
    <message>
        <source>the model {model} has no answer {label};</source>
        <translation>у модели {model} нет ответа {label};</translation>
    </message>
    <message>
        <source>two next models are named for {label}</source>
        <translation>для {label} названы две следующие модели</translation>
    </message>
    <message>
        <source>the file is gone</source>
        <translation>файла больше нет</translation>
    </message>
    <message>
        <source>the link leads in a circle</source>
        <translation>ссылка ведёт по кругу</translation>
    </message>
    <message>
        <source>the link points to nothing</source>
        <translation>ссылка никуда не ведёт</translation>
    </message>
    <message>
        <source>no permission to read the file</source>
        <translation>нет прав на чтение файла</translation>
    </message>
    <message>
        <source>no permission to open the folder</source>
        <translation>нет прав на открытие папки</translation>
    </message>
    <message>
        <source>the folder cannot be opened ({reason})</source>
        <translation>не удаётся открыть папку ({reason})</translation>
    </message>
    <message>
        <source>the file cannot be read ({reason})</source>
        <translation>не удаётся прочитать файл ({reason})</translation>
    </message>
    <message>
        <source>the picture cannot be read ({reason})</source>
        <translation>не удаётся прочитать изображение ({reason})</translation>
    </message>
    <message>
        <source>a pipe, not a file</source>
        <translation>это канал, а не файл</translation>
    </message>
    <message>
        <source>a socket, not a file</source>
        <translation>это сокет, а не файл</translation>
    </message>
    <message>
        <source>a device, not a file</source>
        <translation>это устройство, а не файл</translation>
    </message>
    <message>
        <source>it is a pipe or a device, not a file</source>
        <translation>это канал или устройство, а не файл</translation>
    </message>
    <message>
        <source>this is {kind}, not a file</source>
        <translation>это {kind}, а не файл</translation>
    </message>
    <message>
        <source>a folder</source>
        <translation>папка</translation>
    </message>
    <message>
        <source>a pipe or a device</source>
        <translation>канал или устройство</translation>
    </message>
    <message>
        <source>Name a file</source>
        <translation>Укажите файл</translation>
    </message>
    <message>
        <source>there is no such file or folder</source>
        <translation>такого файла или папки нет</translation>
    </message>
    <message>
        <source>there is no such folder</source>
        <translation>такой папки нет</translation>
    </message>
    <message>
        <source>a link to a folder that is looked at already</source>
        <translation>ссылка на папку, которая уже просмотрена</translation>
    </message>
    <message>
        <source>macOS&apos;s notes on another file</source>
        <translation>заметки macOS о другом файле</translation>
    </message>
    <message>
        <source>a hidden file, not a picture</source>
        <translation>скрытый файл, не изображение</translation>
    </message>
    <message>
        <source>not a picture</source>
        <translation>не изображение</translation>
    </message>
    <message>
        <source>the file is empty</source>
        <translation>файл пуст</translation>
    </message>
    <message>
        <source>reading the file</source>
        <translation>чтение файла</translation>
    </message>
    <message>
        <source>decoding the picture</source>
        <translation>декодирование изображения</translation>
    </message>
    <message>
        <source>running the model</source>
        <translation>работа модели</translation>
    </message>
    <message>
        <source>reading and decoding</source>
        <translation>чтение и декодирование</translation>
    </message>
    <message>
        <source>{doing} took longer than {seconds} seconds ({how})</source>
        <translation>{doing}: дольше {seconds} с ({how})</translation>
    </message>
    <message>
        <source>raise it: --limit {limit}, or in {file}</source>
        <translation>поднять предел: --limit {limit} или в {file}</translation>
    </message>
    <message>
        <source>the file is larger than {size} MB ({how})</source>
        <translation>файл больше {size} МБ ({how})</translation>
    </message>
    <message>
        <source>{size} pixels is over the limit of {limit} million ({how})</source>
        <translation>{size} пикселей больше предела в {limit} млн ({how})</translation>
    </message>
    <message>
        <source>decoding needs {needed} MB of memory, over the limit of {limit} ({how})</source>
        <translation>декодированию нужно {needed} МБ памяти, предел {limit} ({how})</translation>
    </message>
    <message>
        <source>the file changed while it was read; try again when it is whole</source>
        <translation>файл изменился во время чтения; попробуйте снова, когда он будет целым</translation>
    </message>
    <message>
        <source>the picture needs more memory than there is</source>
        <translation>изображению нужно больше памяти, чем есть</translation>
    </message>
    <message>
        <source>the picture is damaged ({reason})</source>
        <translation>изображение повреждено ({reason})</translation>
    </message>
    <message>
        <source>an item without a name</source>
        <translation>элемент без имени</translation>
    </message>
    <message>
        <source>this is not a picture that can be read</source>
        <translation>такое изображение прочитать нельзя</translation>
    </message>
    <message>
        <source>JPEG XL pictures cannot be read; save it as JPEG</source>
        <translation>изображения JPEG XL не читаются; сохраните как JPEG</translation>
    </message>
    <message>
        <source>this AVIF picture is damaged or of a kind that cannot be read</source>
        <translation>изображение AVIF повреждено или такого вида, который не читается</translation>
    </message>
    <message>
        <source>this Pillow reads no AVIF: pip install --upgrade pillow</source>
        <translation>эта версия Pillow не читает AVIF: pip install --upgrade pillow</translation>
    </message>
    <message>
        <source>this HEIC picture is damaged or of a kind that cannot be read</source>
        <translation>изображение HEIC повреждено или такого вида, который не читается</translation>
    </message>
    <message>
        <source>HEIC pictures need the extra: pip install &apos;whatsit[heic]&apos;</source>
        <translation>для изображений HEIC нужно дополнение: pip install &apos;whatsit[heic]&apos;</translation>
    </message>
    <message>
        <source>raw photos need rawpy: pip install rawpy</source>
        <translation>для фото RAW нужен rawpy: pip install rawpy</translation>
    </message>
    <message>
        <source>this raw photo holds no preview; save it as JPEG</source>
        <translation>в этом фото RAW нет превью; сохраните как JPEG</translation>
    </message>
    <message>
        <source>this raw photo is damaged or of an unknown camera ({reason})</source>
        <translation>фото RAW повреждено или снято неизвестной камерой ({reason})</translation>
    </message>
    <message>
        <source>this raw photo is cut off inside its preview</source>
        <translation>фото RAW обрывается внутри превью</translation>
    </message>
    <message>
        <source>{count} photos at once cannot be read in time</source>
        <translation>{count} фото сразу не читаются вовремя</translation>
    </message>
    <message>
        <source>Is the disk still there? Try again once it answers</source>
        <translation>Диск ещё на месте? Попробуйте снова, когда он ответит</translation>
    </message>
    <message>
        <source>the limits cannot be read ({reason})</source>
        <translation>не удаётся прочитать пределы ({reason})</translation>
    </message>
    <message>
        <source>there is no limit {name};</source>
        <translation>предела {name} нет;</translation>
    </message>
    <message>
        <source>the limit {name} takes a number above zero, not {value}</source>
        <translation>предел {name} — число больше нуля, а не {value}</translation>
    </message>
    <message>
        <source>this cannot be read or written ({reason})</source>
        <translation>не удаётся прочитать или записать ({reason})</translation>
    </message>
    <message>
        <source>Make room and allow writing there, or move the file away</source>
        <translation>Освободите место и разрешите запись либо уберите этот файл</translation>
    </message>
    <message>
        <source>the photo cannot be read any more</source>
        <translation>фото больше не читается</translation>
    </message>
    <message>
        <source>the photo that it belongs to stays</source>
        <translation>фото, к которому он относится, остаётся</translation>
    </message>
    <message>
        <source>the photo beside it stays</source>
        <translation>фото рядом с ним остаётся</translation>
    </message>
    <message>
        <source>Nothing was touched</source>
        <translation>Ничего не тронуто</translation>
    </message>
    <message>
        <source>Nothing is lost: when that is mended, sort again to go on, or take it back: whatsit undo {run}</source>
        <translation>Ничего не потеряно: когда это исправлено, разложите снова или отмените раскладку {run}</translation>
    </message>
    <message>
        <source>Nothing is lost: when that is mended, go on: whatsit undo {run}</source>
        <translation>Ничего не потеряно: когда это исправлено, продолжите отмену {run}</translation>
    </message>
    <message>
        <source>Nothing is lost: when that is mended, tag again to go on, or: whatsit undo {run}</source>
        <translation>Ничего не потеряно: когда это исправлено, пометьте снова или отмените {run}</translation>
    </message>
    <message>
        <source>every file was seen to, but the run could not be ended: {reason}</source>
        <translation>все файлы обработаны, но завершить раскладку не удалось: {reason}</translation>
    </message>
    <message>
        <source>the run stopped here: {reason}</source>
        <translation>раскладка остановилась здесь: {reason}</translation>
    </message>
    <message>
        <source>a file is where its folder is to be: {folder}</source>
        <translation>на месте будущей папки лежит файл: {folder}</translation>
    </message>
    <message>
        <source>it changed meanwhile</source>
        <translation>он тем временем изменился</translation>
    </message>
    <message>
        <source>it changed since it was answered</source>
        <translation>он изменился после ответа</translation>
    </message>
    <message>
        <source>it changed since it was sorted</source>
        <translation>он изменился после раскладки</translation>
    </message>
    <message>
        <source>it is gone</source>
        <translation>его больше нет</translation>
    </message>
    <message>
        <source>it is no file any more</source>
        <translation>это больше не файл</translation>
    </message>
    <message>
        <source>something else is where it was</source>
        <translation>на его прежнем месте лежит другое</translation>
    </message>
    <message>
        <source>what was kept of it from before is gone</source>
        <translation>сохранённого прежнего больше нет</translation>
    </message>
    <message>
        <source>the photo that it was made of is gone or changed: this may be the only one left</source>
        <translation>фото, из которого он сделан, исчезло или изменилось: это может быть единственный экземпляр</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>диск заполнен</translation>
    </message>
    <message>
        <source>no more space is allowed on the disk</source>
        <translation>на диске больше не разрешено места</translation>
    </message>
    <message>
        <source>the disk cannot be written</source>
        <translation>диск недоступен для записи</translation>
    </message>
    <message>
        <source>no permission</source>
        <translation>нет прав</translation>
    </message>
    <message>
        <source>not permitted</source>
        <translation>не разрешено</translation>
    </message>
    <message>
        <source>the name or the path is too long for the disk</source>
        <translation>имя или путь слишком длинны для диска</translation>
    </message>
    <message>
        <source>the disk reports an error</source>
        <translation>диск сообщает об ошибке</translation>
    </message>
    <message>
        <source>the disk is not there any more</source>
        <translation>диска больше нет</translation>
    </message>
    <message>
        <source>it, or the folder that it is to be in, is gone</source>
        <translation>его или папки, в которую он должен попасть, больше нет</translation>
    </message>
    <message>
        <source>the copy is not what was written</source>
        <translation>копия не совпадает с записанным</translation>
    </message>
    <message>
        <source>the journal of this sort run is damaged</source>
        <translation>журнал этой раскладки повреждён</translation>
    </message>
    <message>
        <source>the journal cannot be written ({reason}), and without it no photo is touched</source>
        <translation>журнал не пишется ({reason}), а без него ни одно фото не трогается</translation>
    </message>
    <message>
        <source>Make room and allow writing there, then do the same again; WHATSIT_HOME says where it is</source>
        <translation>Освободите место и разрешите запись, затем повторите; где это, говорит WHATSIT_HOME</translation>
    </message>
    <message>
        <source>there is no sort run {run}</source>
        <translation>нет раскладки {run}</translation>
    </message>
    <message>
        <source>there is no sort run {run} ({reason})</source>
        <translation>нет раскладки {run} ({reason})</translation>
    </message>
    <message>
        <source>there is no sort run {run};</source>
        <translation>нет раскладки {run};</translation>
    </message>
    <message>
        <source>see: whatsit undo --list</source>
        <translation>см. список в «Отменить раскладку»</translation>
    </message>
    <message>
        <source>there is no sort run to undo</source>
        <translation>нет раскладки, которую можно отменить</translation>
    </message>
    <message>
        <source>the sort run {run} is undone already</source>
        <translation>раскладка {run} уже отменена</translation>
    </message>
    <message>
        <source>its disk does not answer: {reason}</source>
        <translation>его диск не отвечает: {reason}</translation>
    </message>
    <message>
        <source>another sort run is at work here</source>
        <translation>здесь идёт другая раскладка</translation>
    </message>
    <message>
        <source>Wait until it is done, or stop it</source>
        <translation>Дождитесь её конца или остановите её</translation>
    </message>
    <message>
        <source>it lies in the destination already</source>
        <translation>он уже лежит в папке назначения</translation>
    </message>
    <message>
        <source>it is in its folder already</source>
        <translation>он уже в своей папке</translation>
    </message>
    <message>
        <source>it is reached by a link; only photos themselves are moved</source>
        <translation>он найден по ссылке; перемещаются только сами фото</translation>
    </message>
    <message>
        <source>a copy that is not whole, of a sort run that was cut off</source>
        <translation>неполная копия от прерванной раскладки</translation>
    </message>
    <message>
        <source>hard links cannot lead to another disk</source>
        <translation>жёсткая ссылка не может вести на другой диск</translation>
    </message>
    <message>
        <source>{file} was made of it by {run}</source>
        <translation>{file} уже сделан из него раскладкой {run}</translation>
    </message>
    <message>
        <source>{folder} cannot be written</source>
        <translation>{folder} недоступна для записи</translation>
    </message>
    <message>
        <source>{folder} is not a folder</source>
        <translation>{folder} — не папка</translation>
    </message>
    <message>
        <source>the destination&apos;s disk has {free} MB free, and {needed} MB are needed</source>
        <translation>на диске назначения свободно {free} МБ, а нужно {needed} МБ</translation>
    </message>
    <message>
        <source>the sidecar changed since it was looked at</source>
        <translation>сопроводительный файл изменился после просмотра</translation>
    </message>
    <message>
        <source>its sidecar has these keywords already</source>
        <translation>в его сопроводительном файле эти слова уже есть</translation>
    </message>
    <message>
        <source>a person says that no label is right</source>
        <translation>человек сказал, что ни одна метка не подходит</translation>
    </message>
    <message>
        <source>a sidecar was made since it was looked for</source>
        <translation>сопроводительный файл появился после поиска</translation>
    </message>
    <message>
        <source>not sure, so that there is no keyword</source>
        <translation>не уверена, поэтому слова нет</translation>
    </message>
    <message>
        <source>unknown, so that there is no keyword</source>
        <translation>неизвестно, поэтому слова нет</translation>
    </message>
    <message>
        <source>its sidecar is that of {file}</source>
        <translation>его сопроводительный файл относится к {file}</translation>
    </message>
    <message>
        <source>its sidecar {file} stays: {reason}</source>
        <translation>его сопроводительный файл {file} остаётся: {reason}</translation>
    </message>
    <message>
        <source>this is a picture&apos;s name</source>
        <translation>это имя изображения</translation>
    </message>
    <message>
        <source>Name another file: {file}</source>
        <translation>Назовите другой файл: {file}</translation>
    </message>
    <message>
        <source>; </source>
        <translation>; </translation>
    </message>
    <message>
        <source>{sentence}.</source>
        <translation>{sentence}.</translation>
    </message>
    <message>
        <source>Large photo</source>
        <translation>Крупное фото</translation>
    </message>
    <message>
        <source>The photo before (Left)</source>
        <translation>Предыдущее фото (стрелка влево)</translation>
    </message>
    <message>
        <source>The next photo (Right)</source>
        <translation>Следующее фото (стрелка вправо)</translation>
    </message>
    <message>
        <source>Back to all photos (Esc)</source>
        <translation>Назад ко всем фото (Esc)</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>Подготовка…</translation>
    </message>
    <message>
        <source>No file name here has “{text}”.</source>
        <translation>Здесь ни в одном имени файла нет «{text}».</translation>
    </message>
    <message>
        <source>No photo is here now.</source>
        <translation>Здесь нет ни одного фото.</translation>
    </message>
    <message>
        <source>This model has no heat map.</source>
        <translation>У этой модели нет тепловой карты.</translation>
    </message>
    <message>
        <source>No part of it speaks for the best label: the map is empty.</source>
        <translation>Ни одна часть не говорит за лучшую метку: карта пуста.</translation>
    </message>
</context>
</TS>
